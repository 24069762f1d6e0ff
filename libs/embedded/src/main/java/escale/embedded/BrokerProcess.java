package escale.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The program a {@link KafkaBroker} runs in its child process: formats the directory once, serves, ends with its parent. */
final class BrokerProcess {
    static final String SERVING = "serving";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private BrokerProcess() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(BrokerProcess::endWithParent);
        try {
            serve(Path.of(arguments[0]));
        } catch (Throwable e) {
            // Threads the broker has already started would keep a failed process alive.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Path file) throws Exception {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        // Kafka takes its own lock too late: by then a second broker on the same directory has already written into
        // the metadata of the first.
        var lock = file.resolveSibling("broker.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new IllegalStateException(file.getParent() + " is in use by another broker");
            }
            format(Path.of(properties.getProperty("log.dirs")));
            run(new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM));
        }
    }

    private static void run(KafkaRaftServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        System.out.println(SERVING);
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
    }

    /** The parent never writes; the end of its pipe says that it wants us to stop or that it is no more. */
    private static void endWithParent() {
        try {
            System.in.transferTo(PrintStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as a closed one.
        }
        Thread.ofPlatform().daemon().name("last-resort").start(BrokerProcess::haltLater);
        System.exit(0);
    }

    /** A broker that cannot end well must still end. */
    private static void haltLater() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            // Then at once.
        }
        Runtime.getRuntime().halt(1);
    }
}
