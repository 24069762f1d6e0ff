package escale.local;

import java.util.List;

/** How a Java program of ours is kept small: many of them share one machine. */
final class JavaOptions {
    private JavaOptions() {}

    static List<String> of(int heapMegabytes) {
        return List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
