package escale.testkit;

import escale.embedded.KafkaBroker;
import java.util.Map;
import java.util.UUID;

/** A real Kafka for tests: one broker per test JVM, started when first asked for. */
public final class Kafka {
    /** Started when this class is first used; killed with the JVM. */
    private static final class Shared {
        static final KafkaBroker BROKER = dedicated();
        static final Topics TOPICS = new Topics(BROKER.bootstrapServers());
    }

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
        var broker = KafkaBroker.start(KafkaBroker.Settings.small(directory));
        Scratch.atExit(broker::kill, directory);
        return broker;
    }

    /** A name for a topic or a group nobody has used: {@code payments-1b4e28ba}. */
    public static String fresh(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
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
