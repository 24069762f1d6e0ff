package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.embedded.Port;
import escale.runtime.Service;
import escale.runtime.Stages;
import escale.sql.Database;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The library inside a service: its topics, its probes, its metrics, and the way of one event through all of it. */
class ServiceIT {

    /** What the service's own listener would read. */
    @Serdeable
    record Order(String paymentId) {}

    /** What a service adds. */
    @Factory
    @Requires(property = "test.service")
    static final class Listeners {
        @Singleton
        Seen seen() {
            return new Seen();
        }

        @Singleton
        DueConsumer worker(Consumers consumers, Json json, Seen seen) {
            return consumers.of(Intake.withLadder("workers", 16, "payments", RetryLadder.of("payments")), received -> {
                var due = received.record().timestamp() + (received.topic().equals("payments.retry.1s") ? 1_000 : 0);
                if (System.currentTimeMillis() < due) {
                    seen.early.add(received);
                }
                seen.records.add(received);
                seen.orders.add(json.read(received, Order.class).paymentId());
                return DONE;
            });
        }
    }

    static final class Seen {
        final List<Received> early = new CopyOnWriteArrayList<>();
        final List<Received> records = new CopyOnWriteArrayList<>();
        final List<String> orders = new CopyOnWriteArrayList<>();
    }

    @Test
    void a_service_creates_its_topics_tells_its_events_and_handles_them_when_they_are_due() throws Exception {
        var database = Postgres.freshDatabase("payment");
        try (var service = start(database);
                var letters = Kafka.topics().probe("payments.dlt")) {
            assertThat(timestampsOf("payments.retry.1s")).isEqualTo("LogAppendTime");

            var outbox = service.context().getBean(Outbox.class);
            service.context().getBean(Database.class).transaction(tx -> {
                outbox.add(
                        tx,
                        List.of(
                                Instance.event("payments.retry.1s", "b-1", "{\"paymentId\": \"later\", \"more\": 1}"),
                                Instance.event("payments", "b-2", "{\"paymentId\": \"now\"}"),
                                Instance.event("payments", "b-3", "not JSON")));
                return true;
            });

            var seen = service.context().getBean(Seen.class);
            await().until(() -> seen.orders.size() == 2);
            assertThat(seen.orders).containsExactlyInAnyOrder("now", "later");
            assertThat(seen.early).isEmpty();
            assertThat(letters.await(1).getFirst().text()).isEqualTo("not JSON");
            assertThat(seen.records.getFirst().trace().requestId()).isEqualTo("request-1");
            assertThat(get(service, "/health/liveness")).contains("\"status\":\"UP\"");
            assertThat(get(service, "/health/readiness")).contains("\"status\":\"UP\"");
            assertThat(get(service, "/prometheus"))
                    .contains(
                            "escale_outbox_oldest_seconds",
                            "escale_outbox_size",
                            "escale_consumer_lag{group=\"workers\",topic=\"payments.retry.16s\"",
                            "escale_consumer_running",
                            "escale_consumer_held",
                            "escale_consumer_oldest_seconds",
                            "escale_dead_letters_written_total{topic=\"payments.dlt\"");
            try (var second = start(database)) { // the topics are there already
                assertThat(second.context().getBean(Stages.class).ready()).isTrue();
            }
        }
    }

    private static Service start(Postgres.Database database) {
        var service = Service.start(ApplicationContext.builder(Environment.TEST)
                .properties(database.datasource())
                .properties(Map.ofEntries(
                        Map.entry("test.service", true),
                        Map.entry("micronaut.application.name", "payment"),
                        Map.entry("escale.messaging.dead-letters", "payments.dlt"),
                        Map.entry("escale.kafka.bootstrap-servers", Kafka.bootstrapServers()),
                        Map.entry("escale.sql.migrations", "classpath:db/messaging"),
                        Map.entry("micronaut.server.port", -1),
                        Map.entry("endpoints.all.port", Port.free()))));
        await().until(service.context().getBean(Stages.class)::ready);
        return service;
    }

    private static String get(Service service, String path) throws Exception {
        var port = service.context().getRequiredProperty("endpoints.all.port", Integer.class);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String timestampsOf(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Kafka.bootstrapServers()))) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("message.timestamp.type")
                    .value();
        }
    }
}
