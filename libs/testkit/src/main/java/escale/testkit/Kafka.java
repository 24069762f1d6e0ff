package escale.testkit;

import escale.embedded.KafkaBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Kafka for tests: one broker per test JVM, started when first asked for. */
public final class Kafka {
    /** Started when this class is first used; killed with the JVM. */
    private static final class Shared {
        static final KafkaBroker BROKER = dedicated();
        static final Topics TOPICS = new Topics(BROKER.bootstrapServers());
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Kafka() {}

    /** The broker all tests of this JVM share: never stop it, take a dedicated one for that. */
    public static KafkaBroker broker() {
        return Shared.BROKER;
    }

    public static String bootstrapServers() {
        return broker().bootstrapServers();
    }

    /** A broker for a test that stops or kills it; closed by the test or with the JVM. */
    public static KafkaBroker dedicated() {
        var directory = Scratch.directory("kafka");
        var broker = KafkaBroker.start(patient(KafkaBroker.Settings.small(directory)));
        Scratch.atExit(broker::kill, directory);
        return broker;
    }

    /** A test that was held up for some seconds is not to be taken for dead, for then its records come again. */
    private static KafkaBroker.Settings patient(KafkaBroker.Settings small) {
        var config = Map.of("group.consumer.session.timeout.ms", "45000");
        return new KafkaBroker.Settings(
                small.dir(), small.port(), small.small(), small.heapMegabytes(), small.java(), config);
    }

    /** For a test that kills a member of such a group: it is missed as soon as where people run Escale. */
    public static void missSoon(String... groups) {
        topics().missSoon(groups);
    }

    /** A name for a topic or a group that no other test of this JVM has: {@code payments-7}. */
    public static String fresh(String name) {
        return name + "-" + COUNT.incrementAndGet();
    }

    /** Makes a topic on the shared broker and returns its name. */
    public static String createTopic(String name, int partitions) {
        return createTopic(name, partitions, Map.of());
    }

    /** Makes a topic on the shared broker and returns its name. */
    public static String createTopic(String name, int partitions, Map<String, String> config) {
        return topics().create(name, partitions, config);
    }

    /** The topics of the shared broker. */
    public static Topics topics() {
        return Shared.TOPICS;
    }
}
