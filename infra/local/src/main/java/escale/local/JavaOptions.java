package escale.local;

import java.util.List;
import java.util.stream.Stream;

/** How a Java program of ours is kept small: many of them share one machine. */
final class JavaOptions {
    /**
     * On so few processors the optimising compilers of all programs take for minutes what the work needs: with the quick
     * compiler alone a system just started confirms 1.6 times as much, and after two minutes hardly less. The broker is
     * left its choice: every stage goes through it, and it does the same few things all the time (docs/RATIONALE.md).
     */
    private static final int FEW_PROCESSORS = 2;

    private JavaOptions() {}

    static List<String> of(int heapMegabytes) {
        return Stream.concat(
                        Stream.of(
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+UseSerialGC",
                                "-XX:ReservedCodeCacheSize=64m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"),
                        compiler().stream())
                .toList();
    }

    private static List<String> compiler() {
        return Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS
                ? List.of("-XX:TieredStopAtLevel=1")
                : List.of();
    }
}
