package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.embedded.KafkaBroker.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    @TempDir
    static Path directory;

    static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(Settings.small(directory.resolve("shared")));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_restart_keeps_the_address_and_what_was_written() throws Exception {
        write("restarted", "one");
        var address = broker.bootstrapServers();
        var pid = broker.pid();

        broker.restart();

        assertThat(broker.bootstrapServers()).isEqualTo(address);
        assertThat(broker.pid()).isNotEqualTo(pid);
        assertThat(read("restarted")).containsExactly("one");
    }

    @Test
    void a_kill_keeps_what_was_written() throws Exception {
        write("killed", "one");

        broker.kill();
        broker.restart();

        assertThat(read("killed")).containsExactly("one");
    }

    @Test
    void a_topic_nobody_declared_does_not_exist() {
        try (var admin = admin()) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void a_busy_port_is_named_in_one_sentence() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> KafkaBroker.start(Settings.local(directory.resolve("busy"), other.getLocalPort())))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("Port %d is taken by another program", other.getLocalPort());
        }
    }

    @Test
    void a_broker_that_cannot_start_leaves_its_last_words_in_the_exception() {
        var settings =
                new Settings(directory.resolve("odd"), 0, true, 256, List.of(), Map.of("num.io.threads", "plenty"));

        assertThatThrownBy(() -> KafkaBroker.start(settings))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Invalid value plenty for configuration num.io.threads");
    }

    @Test
    void a_directory_in_use_is_refused_and_its_broker_not_disturbed() throws Exception {
        write("disturbed", "one");

        assertThatThrownBy(() -> KafkaBroker.start(Settings.small(directory.resolve("shared"))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is in use by another broker");

        broker.restart();
        assertThat(read("disturbed")).containsExactly("one");
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void write(String topic, String value) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var found = consumer.poll(Duration.ofMinutes(2)).records(topic).iterator();
            return found.hasNext() ? List.of(found.next().value()) : List.of();
        }
    }
}
