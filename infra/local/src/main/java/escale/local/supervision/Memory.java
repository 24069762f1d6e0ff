package escale.local.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What processes take of the machine's memory: their fair share (PSS) where Linux tells it, else what is resident (RSS). */
public final class Memory {
    private static final boolean SHARES = Files.isReadable(Path.of("/proc/self/smaps_rollup"));

    private Memory() {}

    public static String measure() {
        return SHARES ? "PSS: shared pages counted once" : "RSS: shared pages counted in each";
    }

    /** Kilobytes of a server's processes together. */
    public static long of(Server server) {
        return server.running()
                ? server.process().stream()
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                        .mapToLong(Memory::of)
                        .sum()
                : 0;
    }

    public static long of(ProcessHandle process) {
        try {
            return SHARES ? share(process.pid()) : resident(process.pid());
        } catch (IOException | NumberFormatException gone) {
            return 0;
        }
    }

    private static long share(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long resident(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return Long.parseLong(new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    public static String text(long kilobytes) {
        return kilobytes == 0 ? "-" : String.format(Locale.ROOT, "%d MB", kilobytes / 1024);
    }
}
