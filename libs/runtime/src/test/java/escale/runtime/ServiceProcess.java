package escale.runtime;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A small service in a process of its own, and what it says. */
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    /** The service: tells what it was configured with when it starts, and that it stops. */
    @Singleton
    static final class Spoken implements Stage {
        private final String configured;

        Spoken(
                @Value("${escale.said-by-service}") String service,
                @Value("${micronaut.metrics.export.prometheus.step}") String step,
                @Value("${escale.instance}") String instance) {
            this.configured = "configured " + service + ", " + step + ", " + instance;
        }

        @Override
        public Phase phase() {
            return Phase.CONSUMERS;
        }

        @Override
        public String name() {
            return "spoken";
        }

        @Override
        public void start() {
            System.out.println(configured);
            for (var pass = 1; pass <= 3; pass++) {
                System.out.println("pass " + pass);
                Failpoint.AFTER_CLAIM.pass();
                Failpoint.AFTER_CHARGE.pass();
            }
        }

        @Override
        public void stop() {
            System.out.println("stopped");
        }
    }

    public static void main(String... arguments) {
        Service.run("demo", arguments);
    }

    ServiceProcess(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceProcess.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException closed) {
            // killed at the end of the test: it has nothing more to say
        }
    }

    List<String> said() {
        return said;
    }

    void closeItsPipe() throws IOException {
        process.getOutputStream().close();
    }

    /** As a person or Kubernetes would; {@link Process#destroy} would also stop listening to it. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(2, TimeUnit.MINUTES) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
