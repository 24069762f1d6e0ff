package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TailIT {
    private final String topic = Kafka.createTopic(Kafka.fresh("shown"), 4);
    private final List<String> here = new CopyOnWriteArrayList<>();
    private final List<String> there = new CopyOnWriteArrayList<>();

    @Test
    void every_instance_sees_every_record_from_its_start_on_and_none_before() throws InterruptedException {
        Worker.fill(topic, 50, _ -> "before");
        var one = started(received -> here.add(received.key() + " " + Worker.text(received)));
        var other = started(received -> there.add(received.key() + " " + Worker.text(received)));

        Worker.fill(topic, 200, i -> "key-" + i % 4);

        await().until(() -> here.size() >= 200 && there.size() >= 200);
        for (var seen : List.of(here, there)) {
            assertThat(seen).hasSize(200).doesNotHaveDuplicates().noneMatch(shown -> shown.startsWith("before"));
            assertThat(seen.stream().filter(shown -> shown.startsWith("key-0 ")))
                    .startsWith("key-0 0", "key-0 4", "key-0 8");
        }
        one.stop();
        other.stop();
    }

    @Test
    void a_listener_that_fails_is_shown_the_next_record_all_the_same() throws InterruptedException {
        var tail = started(received -> {
            if (Worker.text(received).equals("0")) {
                throw new IllegalStateException("a bug");
            }
            here.add(Worker.text(received));
        });

        Worker.fill(topic, 2, _ -> "key");

        await().until(() -> here.equals(List.of("1")));
        tail.stop();
    }

    @Test
    void a_tail_that_has_stopped_shows_nothing() throws InterruptedException {
        var tail = started(received -> here.add(Worker.text(received)));
        Worker.fill(topic, 1, _ -> "key");
        await().until(() -> here.size() == 1);

        tail.stop();

        Worker.fill(topic, 1, _ -> "key");
        var witness = started(received -> there.add(Worker.text(received)));
        Worker.fill(topic, 1, _ -> "key");
        await().until(() -> there.size() == 1);
        assertThat(here).hasSize(1);
        witness.stop();
    }

    private Tail started(Consumer<Received> listener) {
        var tail =
                new Tail(topic, () -> Instance.clients(Kafka.bootstrapServers()).reader("tail"), listener);
        start(tail);
        return tail;
    }

    /** As a service would: again while the broker takes too long to answer. */
    static void start(Tail tail) {
        await().ignoreExceptions().until(() -> {
            tail.start();
            return true;
        });
    }
}
