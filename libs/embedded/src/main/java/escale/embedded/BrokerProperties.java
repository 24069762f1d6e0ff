package escale.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The {@code server.properties} of one node that is broker and controller at once. */
final class BrokerProperties {
    static final String FILE = "server.properties";

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            // One node: nothing can be replicated.
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // A topic is declared by its owner or does not exist.
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.partitions", "3"),
            // After a kill -9 the work of the dead is taken over in seconds; the defaults (9 s and 45 s) make people
            // wait.
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("group.consumer.session.timeout.ms", "6000"),
            Map.entry("group.consumer.min.session.timeout.ms", "6000"),
            Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "1000"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // The default takes 128 MB of heap at start.
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("log.cleaner.threads", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("background.threads", "2"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"));

    private static final Map<String, String> SMALL = Map.of(
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "log.segment.bytes", "16777216",
            "log.index.size.max.bytes", "1048576");

    private static final Map<String, String> LOCAL = Map.of(
            "offsets.topic.num.partitions", "12",
            "transaction.state.log.num.partitions", "12",
            "log.segment.bytes", "134217728",
            "log.index.size.max.bytes", "2097152");

    private final Properties properties = new Properties();

    BrokerProperties(Path data, int port, int controllerPort, boolean small, Map<String, String> wishes) {
        properties.putAll(ALWAYS);
        properties.putAll(small ? SMALL : LOCAL);
        properties.putAll(wishes);
        properties.setProperty("log.dirs", data.toString());
        properties.setProperty("controller.quorum.voters", "1@localhost:" + controllerPort);
        properties.setProperty(
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://localhost:" + port);
    }

    Properties properties() {
        return properties;
    }
}
