package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void a_durable_postgres_waits_for_the_disk_and_a_throwaway_one_does_not() {
        assertThat(new PostgresConfiguration(5432, true, Map.of()).text())
                .contains(
                        "port = '5432'\n",
                        "fsync = 'on'\n",
                        "synchronous_commit = 'on'\n",
                        "shared_buffers = '128MB'\n");
        assertThat(new PostgresConfiguration(5432, false, Map.of()).text())
                .contains("fsync = 'off'\n", "synchronous_commit = 'on'\n", "shared_buffers = '32MB'\n");
    }

    @Test
    void a_wish_wins_over_a_default_but_never_over_the_port() {
        var wishes = Map.of("max_connections", "50", "port", "1", "search_path", "it's");

        assertThat(new PostgresConfiguration(5432, true, wishes).text())
                .contains("max_connections = '50'\n", "port = '5432'\n", "search_path = 'it''s'\n");
    }

    @Test
    void a_broker_creates_no_topic_by_itself_and_takes_over_the_work_of_the_dead_in_seconds() {
        var properties = new BrokerProperties(Path.of("data"), 9092, 9093, true, Map.of()).properties();

        assertThat(properties)
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("group.consumer.session.timeout.ms", "6000")
                .containsEntry("broker.session.timeout.ms", "3000");
    }

    @Test
    void a_wish_wins_over_the_brokers_defaults_but_never_over_its_address() {
        var wishes = Map.of("num.partitions", "1", "advertised.listeners", "PLAINTEXT://elsewhere:1");

        assertThat(new BrokerProperties(Path.of("data"), 9092, 9093, false, wishes).properties())
                .containsEntry("num.partitions", "1")
                .containsEntry("advertised.listeners", "PLAINTEXT://localhost:9092");
    }
}
