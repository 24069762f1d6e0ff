package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An instance leaves with work in its hands. */
class ShutdownIT {
    private final String group = Kafka.fresh("group");

    @Test
    void an_instance_that_stops_in_the_middle_finishes_what_runs_and_leaves_the_rest_to_the_next()
            throws InterruptedException {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 3);
        var all = 6_000; // more than it can have done when it is stopped, even if nobody gets round to that for a while
        Worker.fill(topic, all, i -> "key-" + i);
        var intake = Worker.intake(group, 20, topic);
        try (var first = Worker.on(intake, _ -> {
            Thread.sleep(50);
            return DONE;
        })) {
            await().until(() -> first.done.size() >= 60);
            first.consumer.stop();
            var begun = List.copyOf(first.begun);
            assertThat(first.done).hasSameSizeAs(begun).hasSizeLessThan(all);

            try (var second = Worker.on(intake, _ -> DONE)) {
                await().until(() -> second.done.size() >= all - begun.size());
                assertThat(first.begun).as("nothing starts after the stop").hasSameSizeAs(begun);
                assertThat(Stream.concat(begun.stream(), second.begun.stream())
                                .map(Received::toString)
                                .toList())
                        .hasSize(all)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void an_instance_that_is_killed_leaves_its_records_to_another_and_not_one_is_skipped() throws Exception {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 3);
        var all = 10_000;
        Worker.fill(topic, all, i -> "key-" + i);
        Kafka.missSoon(group);
        try (var victim = new Victim(group, topic)) {
            await().until(() -> Worker.committed(group, topic) > 0);
            victim.kill();

            try (var survivor = Worker.on(Worker.intake(group, 50, topic), _ -> DONE)) {
                await().until(() -> Stream.concat(victim.done.stream(), places(survivor))
                                .distinct()
                                .count()
                        == all);
                assertThat(victim.done).hasSizeLessThan(all);
                assertThat(survivor.done).as("only what was not committed").hasSizeLessThan(all);
            }
        }
    }

    private static Stream<String> places(Worker worker) {
        return worker.done.stream().map(Received::toString);
    }
}
