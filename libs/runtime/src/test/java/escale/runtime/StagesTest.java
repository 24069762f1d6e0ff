package escale.runtime;

import static escale.runtime.Stage.Phase.CONSUMERS;
import static escale.runtime.Stage.Phase.DATABASE;
import static escale.runtime.Stage.Phase.DOOR;
import static escale.runtime.Stage.Phase.RELAY;
import static escale.runtime.Stage.Phase.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Stage.Phase;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void stages_start_in_the_order_of_their_phases_and_stop_in_reverse() {
        var stages = new Stages(List.of(stage(DOOR), stage(RELAY), stage(DATABASE), stage(CONSUMERS), stage(TOPICS)));

        stages.begin();
        await().atMost(PATIENCE).until(stages::ready);
        stages.stop();

        assertThat(told)
                .containsExactly(
                        "start DATABASE",
                        "start TOPICS",
                        "start RELAY",
                        "start CONSUMERS",
                        "start DOOR",
                        "stop DOOR",
                        "stop CONSUMERS",
                        "stop RELAY",
                        "stop TOPICS",
                        "stop DATABASE");
    }

    @Test
    void nothing_starts_before_it_is_told_to_begin() {
        var stages = new Stages(List.of(stage(DATABASE)));

        assertThat(stages.ready()).isFalse();
        assertThat(stages.waitingFor()).isEqualTo("start");
        assertThat(told).isEmpty();
    }

    @Test
    void a_stage_whose_surroundings_are_missing_is_waited_for_and_named_with_the_reason() {
        var missing = new AtomicReference<@Nullable Throwable>(
                new IllegalStateException("wrapped", new ConnectException("Connection refused\n  at some length")));
        var stages = new Stages(List.of(stage(DATABASE, missing), stage(DOOR)));

        stages.begin();
        await().atMost(PATIENCE).until(() -> "the DATABASE: Connection refused".equals(stages.waitingFor()));
        assertThat(stages.ready()).isFalse();

        missing.set(new NoClassDefFoundError("org/flywaydb/Flyway"));
        await().atMost(PATIENCE).until(() -> "the DATABASE: org/flywaydb/Flyway".equals(stages.waitingFor()));
        assertThat(told).isEmpty();

        missing.set(null);
        await().atMost(PATIENCE).until(stages::ready);
        assertThat(told).containsExactly("start DATABASE", "start DOOR");
    }

    @Test
    void a_service_that_is_stopped_while_it_waits_stops_what_had_started_and_starts_no_more() {
        var missing = new AtomicReference<@Nullable Throwable>(new ConnectException("Connection refused"));
        var stages = new Stages(List.of(stage(DATABASE), stage(TOPICS, missing), stage(DOOR)));
        stages.begin();
        await().atMost(PATIENCE).until(() -> "the TOPICS: Connection refused".equals(stages.waitingFor()));

        stages.stop();
        missing.set(null);

        assertThat(told).containsExactly("start DATABASE", "stop DATABASE");
        assertThat(stages.ready()).isFalse();
        assertThat(stages.waitingFor()).isEqualTo("stop");
    }

    @Test
    void a_stage_that_is_just_starting_when_the_service_stops_is_stopped_too() throws Exception {
        var entered = new CountDownLatch(1);
        var stages = new Stages(List.of(
                new Told(DATABASE) {
                    @Override
                    public void start() {
                        entered.countDown();
                        awaitInterrupt();
                        super.start(); // it came through after all
                    }
                },
                stage(DOOR)));
        stages.begin();
        entered.await();

        stages.stop();

        assertThat(told).containsExactly("start DATABASE", "stop DATABASE");
        assertThat(stages.ready()).isFalse();
    }

    @Test
    void a_stage_that_fails_to_stop_keeps_no_other_from_stopping() {
        var stages = new Stages(List.of(stage(DATABASE), new Told(RELAY) {
            @Override
            public void stop() {
                throw new IllegalStateException("The broker is away");
            }
        }));
        stages.begin();
        await().atMost(PATIENCE).until(stages::ready);

        stages.stop();

        assertThat(told).containsExactly("start DATABASE", "start RELAY", "stop DATABASE");
    }

    @Test
    void stopping_twice_stops_once() {
        var stages = new Stages(List.of(stage(DATABASE)));
        stages.begin();
        await().atMost(PATIENCE).until(stages::ready);

        stages.stop();
        stages.stop();

        assertThat(told).containsExactly("start DATABASE", "stop DATABASE");
    }

    private Stage stage(Phase phase) {
        return new Told(phase);
    }

    private Stage stage(Phase phase, AtomicReference<@Nullable Throwable> missing) {
        return new Told(phase) {
            @Override
            public void start() {
                var reason = missing.get();
                if (reason != null) {
                    throw sneaky(reason);
                }
                super.start();
            }
        };
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopping) {
            // what the test waited for
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable any) throws T {
        throw (T) any;
    }

    /** Tells that it started and stopped. */
    private class Told implements Stage {
        private final Phase phase;

        Told(Phase phase) {
            this.phase = phase;
        }

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public String name() {
            return "the " + phase;
        }

        @Override
        public void start() {
            told.add("start " + phase);
        }

        @Override
        public void stop() {
            told.add("stop " + phase);
        }
    }
}
