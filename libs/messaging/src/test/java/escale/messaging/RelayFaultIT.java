package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import escale.testkit.Postgres;
import escale.testkit.TopicProbe;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What may happen to the outbox and its relay without an event being lost. */
class RelayFaultIT {
    private static final String KEY = "k";

    private final Postgres.Database database = Instance.freshDatabase();
    private final String topic = Kafka.createTopic(Kafka.fresh("told"), 3);

    @Test
    void a_row_that_is_committed_late_is_told_although_younger_ones_went_before() {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            instance.database.transaction(late -> {
                instance.outbox.add(late, List.of(Instance.event(topic, KEY, "late")));
                tellUntilTheFloorHasRisen(instance);
                return true;
            });

            probe.awaitMatching(told -> told.text().equals("late"));
        }
    }

    /** Nobody wakes a relay for it, and it lies below all floors. */
    @Test
    void a_row_committed_late_by_an_instance_that_died_at_once_is_told_by_another() {
        try (var dead = Instance.on(database); // its relay never started
                var alive = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            dead.database.transaction(late -> {
                dead.outbox.add(late, List.of(Instance.event(topic, KEY, "late")));
                tellUntilTheFloorHasRisen(alive);
                return true;
            });

            probe.awaitMatching(told -> told.text().equals("late"));
        }
    }

    private void tellUntilTheFloorHasRisen(Instance instance) {
        var end = System.nanoTime() + Floor.LAG.multipliedBy(2).plusMillis(300).toNanos();
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            instance.decide(topic, KEY, "young");
            return System.nanoTime() > end;
        });
    }

    @Test
    void while_another_instance_tells_nothing_is_taken_from_it() throws SQLException {
        try (var instance = Instance.on(database);
                var holder = database.connect()) {
            instance.decide(topic, KEY, "x");
            var pass = new RelayPass(instance.database, instance.producer, "/escale/test");
            try (var lock = holder.createStatement()) {
                lock.execute("select pg_advisory_lock(%d)".formatted(RelayPass.LOCK));
                assertThat(pass.make()).isEqualTo(RelayPass.Outcome.LOCKED);
                lock.execute("select pg_advisory_unlock(%d)".formatted(RelayPass.LOCK));
            }
            assertThat(pass.make()).isEqualTo(RelayPass.Outcome.TOLD);
            assertThat(pass.make()).isEqualTo(RelayPass.Outcome.EMPTY);
        }
    }

    @Test
    void a_relay_that_dies_between_acknowledgement_and_commit_tells_twice_and_loses_nothing() {
        var kills = new AtomicInteger(2);
        try (var instance = new Instance(database, new AcknowledgedThenKilled(kills)).telling();
                var probe = Kafka.topics().probe(topic)) {
            for (var i = 0; i < 20; i++) {
                instance.decide(topic, KEY, Integer.toString(i));
            }

            await().untilAsserted(() -> {
                assertThat(kills).hasValueLessThanOrEqualTo(0);
                assertThat(instance.waiting()).isZero();
            });
            var told = probe.await(22);
            assertThat(told.stream().map(TopicProbe.Message::text).distinct())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(Integer::toString).toList());
            assertThat(told.stream()
                            .map(message -> message.headers().get("ce_id"))
                            .distinct())
                    .as("a duplicate can be told by its id")
                    .hasSize(20);
        }
    }

    /** Its partitions have no leader for a moment; batches on their way to them must not overtake each other. */
    @Test
    void a_topic_that_is_just_being_made_gets_its_events_in_order() throws Exception {
        try (var instance = Instance.on(database).telling();
                var admin = Admin.create(Map.of("bootstrap.servers", Kafka.bootstrapServers()))) {
            for (var round = 0; round < 5; round++) {
                var young = Kafka.fresh("young");
                admin.createTopics(List.of(new NewTopic(young, 12, (short) 1)))
                        .all()
                        .get();
                instance.decide(IntStream.range(0, 300)
                        .mapToObj(i -> Instance.event(young, "key-" + i % 10, Integer.toString(i)))
                        .toList());

                try (var probe = Kafka.topics().probe(young)) {
                    await().until(() -> instance.waiting() == 0);
                    var told = probe.await(300);
                    for (var key = 0; key < 10; key++) {
                        assertThat(RelayIT.payloads(told, "key-" + key))
                                .isEqualTo(IntStream.iterate(key, i -> i < 300, i -> i + 10)
                                        .mapToObj(Integer::toString)
                                        .toList());
                    }
                }
            }
        }
    }

    @Test
    void a_long_transaction_elsewhere_does_not_keep_events_from_being_told() throws SQLException {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic);
                var reader = database.connect();
                var snapshot = reader.createStatement()) {
            snapshot.execute("begin isolation level repeatable read");
            snapshot.executeQuery("select count(*) from outbox").close();
            for (var batch = 0; batch < 50; batch++) {
                instance.decide(IntStream.range(0, 100)
                        .mapToObj(i -> Instance.event(topic, "key-" + i, "x"))
                        .toList());
            }

            probe.await(5_000);
            await().until(() -> instance.waiting() == 0);
            snapshot.execute("rollback");
        }
    }

    /** Ends the database sessions of the relay right after the broker has acknowledged, as a kill at that moment would. */
    private final class AcknowledgedThenKilled extends KafkaProducer<String, byte[]> {
        private final AtomicInteger kills;

        AcknowledgedThenKilled(AtomicInteger kills) {
            super(
                    Map.of("bootstrap.servers", Kafka.bootstrapServers()),
                    new StringSerializer(),
                    new ByteArraySerializer());
            this.kills = kills;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            var acknowledged = super.send(record);
            try {
                var where = acknowledged.get();
                if (kills.getAndDecrement() > 0) {
                    endSessionsThatHoldALock();
                }
                return CompletableFuture.completedFuture(where);
            } catch (Exception failed) {
                return CompletableFuture.failedFuture(failed);
            }
        }

        private void endSessionsThatHoldALock() throws SQLException {
            var url = Postgres.server().superuserUrl("postgres");
            try (var superuser = DriverManager.getConnection(url);
                    var statement = superuser.createStatement()) {
                statement.execute("""
                        select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
                        where l.locktype = 'advisory' and d.datname = '%s'
                        """.formatted(database.user()));
            }
        }
    }
}
