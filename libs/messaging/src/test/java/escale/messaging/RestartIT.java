package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.embedded.KafkaBroker;
import escale.embedded.PostgresServer;
import escale.sql.DatabaseFault;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker and the database go away and come back while events are being decided, told and handled. */
class RestartIT {
    private static KafkaBroker broker;
    private static PostgresServer server;

    private final String topic = Kafka.fresh("events");
    private final String letters = Kafka.fresh("letters");
    private final Postgres.Database database = Instance.prepared(Postgres.freshDatabase(server, "outbox"));

    @BeforeAll
    static void start() {
        broker = Kafka.dedicated();
        server = Postgres.dedicated();
    }

    @AfterAll
    static void stop() {
        broker.kill();
        server.kill();
    }

    @Test
    void while_the_broker_is_away_decisions_go_on_and_when_it_is_back_everything_is_told_and_handled_in_order()
            throws InterruptedException {
        createTopics();
        var shown = new ConcurrentHashMap<String, CopyOnWriteArrayList<String>>();
        var tail = new Tail(
                topic,
                () -> Instance.clients(broker.bootstrapServers()).reader("tail"),
                received -> shown.computeIfAbsent(String.valueOf(received.key()), _ -> new CopyOnWriteArrayList<>())
                        .addIfAbsent(Worker.text(received)));
        TailIT.start(tail);
        try (var instance = new Instance(database, broker.bootstrapServers()).telling();
                var worker = worker(_ -> DONE);
                var feed = new Feed((key, number) -> instance.decide(topic, key, number))) {
            await().until(() -> worker.done.size() > 200);
            broker.stop();
            await().until(() -> instance.waiting() > 300);
            broker.restart();
            await().until(() -> instance.waiting() < 100);
            broker.kill();
            await().until(() -> instance.waiting() > 300);
            broker.restart();

            var fed = feed.end();
            everythingIsHandledInOrder(worker, fed);
            await().until(() -> instance.waiting() == 0);
            await().untilAsserted(() -> {
                for (var key = 0; key < Feed.KEYS; key++) {
                    assertThat(shown.get("key-" + key)).containsExactlyElementsOf(Feed.numbersOf(key, fed));
                }
            });
        }
        tail.stop();
    }

    @Test
    void while_the_database_is_away_records_are_held_and_when_it_is_back_nothing_is_missing() {
        createTopics();
        try (var instance = new Instance(database, broker.bootstrapServers()).telling()) {
            instance.database.transaction(tx -> tx.update("create table decided (number text primary key)"));
            instance.database.transaction(tx -> tx.update("create table handled (number text primary key)"));
            try (var worker = worker(received -> {
                        instance.database.transaction(tx -> tx.update(
                                "insert into handled values (?) on conflict do nothing", Worker.text(received)));
                        return DONE;
                    });
                    var feed = new Feed((key, number) -> decideStubbornly(instance, key, number))) {
                await().until(() -> worker.done.size() > 200);
                server.stop();
                produce("held");
                await().until(() -> worker.begun.stream().anyMatch(record -> "held".equals(record.key())));
                assertThat(worker.doneOf("held")).isEmpty();
                server.restart();
                var before = worker.done.size();
                await().until(() -> worker.done.size() > before + 200);
                server.kill();
                server.restart();

                var fed = feed.end();
                everythingIsHandledInOrder(worker, fed);
                await().until(() -> worker.doneOf("held").equals(List.of("held")));
                assertThat(count(instance, "handled")).isEqualTo(fed + 1);
                assertThat(worker.metrics
                                .get("escale.dead.letters.written")
                                .counter()
                                .count())
                        .isZero();
            }
        }
    }

    private static void everythingIsHandledInOrder(Worker worker, int fed) {
        await().untilAsserted(() -> {
            for (var key = 0; key < Feed.KEYS; key++) {
                // What was told or handled twice is no harm: each is first seen in its place.
                assertThat(worker.doneOf("key-" + key).stream().distinct())
                        .containsExactlyElementsOf(Feed.numbersOf(key, fed));
            }
        });
        assertThat(worker.consumer.dead()).isFalse();
    }

    /** As a client would: the same again until it is answered. */
    private void decideStubbornly(Instance instance, String key, String number) throws InterruptedException {
        while (true) {
            try {
                instance.database.transaction(tx -> {
                    if (tx.update("insert into decided values (?) on conflict do nothing", number) == 1) {
                        instance.outbox.add(tx, List.of(Instance.event(topic, key, number)));
                    }
                    return true;
                });
                return;
            } catch (DatabaseFault away) {
                Thread.sleep(50);
            }
        }
    }

    private static int count(Instance instance, String table) {
        return instance.database
                .read(tx -> tx.first("select count(*) from " + table, row -> row.getInt(1)))
                .orElseThrow();
    }

    private Worker worker(Handler handler) {
        var intake = Worker.intake(Kafka.fresh("group"), 32, topic);
        var worker = new Worker(broker.bootstrapServers(), intake, Gate.OPEN, letters, handler);
        worker.consumer.start();
        return worker;
    }

    /** Past the outbox, as it needs the database. */
    private void produce(String what) {
        try (var topics = new escale.testkit.Topics(broker.bootstrapServers())) {
            topics.produce(topic, what, what);
        }
    }

    private void createTopics() {
        try (var topics = new escale.testkit.Topics(broker.bootstrapServers())) {
            topics.create(topic, 6, Map.of());
            topics.create(letters, 1, Map.of());
        }
    }
}
