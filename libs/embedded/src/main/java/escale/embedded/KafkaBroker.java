package escale.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One Kafka broker on a directory of its own, in a JVM of its own, listening on localhost. */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 5;

    /**
     * How to run it.
     *
     * @param dir made if it is not there, used again if it is
     * @param port 0 for a free one
     * @param small starts quickly and stays small, as tests want it; otherwise it is made for throughput
     * @param heapMegabytes the most its heap may take
     * @param java more options for its JVM
     * @param config more lines of server.properties, which win over ours
     */
    public record Settings(
            Path dir, int port, boolean small, int heapMegabytes, List<String> java, Map<String, String> config) {
        public Settings {
            dir = dir.toAbsolutePath().normalize();
            java = List.copyOf(java);
            config = Map.copyOf(config);
        }

        /** For people. */
        public static Settings local(Path dir, int port) {
            return new Settings(dir, port, false, 256, List.of(), Map.of());
        }

        public Settings withJava(List<String> options) {
            return new Settings(dir, port, small, heapMegabytes, options, config);
        }

        /** For tests: small, on a free port. */
        public static Settings small(Path dir) {
            return new Settings(dir, 0, true, 256, List.of(), Map.of());
        }
    }

    private final Settings settings;
    private volatile int port;
    private volatile Process process;

    private KafkaBroker(Settings settings) throws IOException {
        this.settings = settings;
        this.port = settings.port();
        Files.createDirectories(data());
        this.process = launch();
    }

    /** Returns when the broker serves; throws {@link StartFailure} when it cannot be started. */
    public static KafkaBroker start(Settings settings) {
        try {
            return new KafkaBroker(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka could not be started on " + settings.dir(), e);
        }
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** The broker's process id: the one to kill. */
    public long pid() {
        return process.pid();
    }

    /** Where the broker writes its log. */
    public Path log() {
        return settings.dir().resolve("kafka.log");
    }

    /** Lets the broker end well: the next start need not recover anything. */
    public void stop() {
        Child.release(process);
        if (!Child.ended(process, STOP)) {
            kill();
        }
    }

    /** Kills the broker as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        Child.ended(process, STOP);
    }

    /** Starts it again on the same port and data, after stopping it if it runs. */
    public void restart() {
        stop();
        Port.awaitRelease(port);
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka could not be started again on " + settings.dir(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path data() {
        return settings.dir().resolve("data");
    }

    private Process launch() throws IOException {
        for (var attempt = 1; ; attempt++) {
            var chosen = port == 0 ? Port.free() : port;
            var log = new ServerLog(log());
            try {
                var started = launchOn(chosen, log);
                port = chosen;
                return started;
            } catch (StartFailure e) {
                // A port that was free a moment ago, ours or the controller's, may have gone to a faster program.
                if (attempt == ATTEMPTS || !log.says("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private Process launchOn(int chosen, ServerLog log) throws IOException {
        Port.requireFree(chosen, "Kafka");
        var properties = settings.dir().resolve(BrokerProperties.FILE);
        try (var file = Files.newBufferedWriter(properties)) {
            new BrokerProperties(data(), chosen, Port.free(), settings.small(), settings.config())
                    .properties()
                    .store(file, null);
        }
        var builder = new ProcessBuilder(command(properties))
                .directory(settings.dir().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        var started = builder.start();
        if (!Child.announces(started, BrokerProcess.SERVING, START)) {
            started.destroyForcibly();
            throw new StartFailure("Kafka did not start on " + settings.dir() + ". " + log.lastWords());
        }
        return started;
    }

    private List<String> command(Path properties) {
        var command = new ArrayList<String>();
        // Deaf to a terminal's Ctrl-C: who started us decides the order in which things stop.
        command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "escale-kafka"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + settings.heapMegabytes() + "m");
        command.add("-XX:+UseSerialGC");
        if (settings.small()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(settings.java());
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=escale/embedded/kafka-logback.xml"));
        command.addAll(List.of("-cp", classPath(), BrokerProcess.class.getName(), properties.toString()));
        return command;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
