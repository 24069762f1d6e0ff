package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;

import escale.testkit.Kafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker in a process of its own, to be killed. It says what it has done: the place of each record, line by line. */
final class Victim implements AutoCloseable {
    final List<String> done = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread listener;

    Victim(String group, String topic) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        Kafka.bootstrapServers(),
                        group,
                        topic)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        listener = Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(done::add));
    }

    public static void main(String[] arguments) throws InterruptedException {
        var intake = Worker.intake(arguments[1], 8, arguments[2]);
        var worker = new Worker(arguments[0], intake, Gate.OPEN, "nowhere", received -> {
            Thread.sleep(Duration.ofMillis(20));
            System.out.println(received);
            return DONE;
        });
        worker.consumer.start();
        Thread.currentThread().join();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
