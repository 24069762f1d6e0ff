package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import escale.payment.provider.Fate;
import escale.payment.provider.ProviderModel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The real ledger against a provider in memory, through histories that are drawn at random. One that fails is told again
 * with {@code -Dhistories.seed=N -Dhistories=1}.
 */
class NeverTwiceIT {
    private static final int HISTORIES = Integer.getInteger("histories", 1_500);

    @AutoClose
    private static final PaymentService service =
            PaymentService.startWithProviderModel().atRest();

    @Test
    void a_worker_that_dies_under_a_new_key_leaves_that_key_to_the_next() {
        var history = history(Fate.LOST, Fate.DIES_AFTERWARDS, Fate.BROKEN_AND_NOT_KEPT);
        history.attempt();
        history.later(Duration.ofHours(25));
        history.attempt(); // the provider has forgotten the key: asks, charges under another, and dies
        history.later(History.LEASE);
        paysOnce(history);
    }

    @Test
    void a_request_without_an_answer_is_not_answered_by_an_error_that_is_not_kept() {
        var history = history(Fate.LATE, Fate.BROKEN_AND_NOT_KEPT);
        history.attempt();
        history.attempt();
        history.attempt();
        history.later(Duration.ofMinutes(3));
        assertThat(service.bean(ProviderModel.class).charges()).isEqualTo(1);
    }

    @Test
    void a_worker_that_dies_in_the_first_attempt_of_a_replay_leaves_its_key_to_the_next() {
        var history =
                history(Fate.BROKEN_AND_KEPT, Fate.BROKEN_AND_KEPT, Fate.DIES_AFTERWARDS, Fate.BROKEN_AND_NOT_KEPT);
        history.attempt();
        history.lastAttemptComes();
        history.attempt();
        assertThat(history.row().state()).isEqualTo(State.FAILED);
        history.replay();
        history.attempt();
        paysOnce(history);
    }

    @Test
    void a_replay_whose_question_nobody_answers_charges_nothing_however_long_it_waits() {
        var told = new AtomicBoolean(true);
        var history = new History(service, told::get, List.of(Fate.BROKEN_AND_KEPT, Fate.BROKEN_AND_KEPT));
        history.attempt();
        history.lastAttemptComes();
        history.attempt();
        history.replay();
        told.set(false);
        for (var attempts = 0; attempts < 4; attempts++) {
            history.attempt();
            history.later(Duration.ofMinutes(31));
        }
        assertThat(history.row().attempt()).isGreaterThan(1);
        assertThat(service.bean(ProviderModel.class).charges()).isZero();
    }

    private static History history(Fate... charges) {
        return new History(service, () -> true, List.of(charges));
    }

    private static void paysOnce(History history) {
        for (var attempts = 0; attempts < 4 && !history.row().isFinal(); attempts++) {
            history.attempt();
        }
        assertThat(history.row().state()).isEqualTo(State.PAID);
        var provider = service.bean(ProviderModel.class);
        assertThat(provider.charges()).as(provider.story()).isEqualTo(1);
    }

    @Test
    void whatever_goes_wrong_nobody_is_charged_twice_and_who_was_not_charged_is_told_so() {
        var seed = Long.getLong("histories.seed", new SplittableRandom().nextLong(1_000_000_000));
        var ends = new EnumMap<State, Integer>(State.class);
        var provider = service.bean(ProviderModel.class);
        for (var i = 0; i < HISTORIES; i++) {
            var history = new History(service, seed + i);
            try {
                var end = history.live();
                provider.tell(end + " with " + provider.charges() + " charged");
                assertThat(provider.charges()).isEqualTo(end.state() == State.PAID ? 1 : 0);
                ends.merge(end.state(), 1, Integer::sum);
            } catch (RuntimeException | AssertionError fault) {
                throw new AssertionError("History %d:\n  %s".formatted(seed + i, provider.story()), fault);
            }
        }
        if (Integer.getInteger("histories") == null) {
            assertThat(ends).as("from seed %d", seed).containsKeys(State.PAID, State.FAILED, State.CANCELLED);
        }
        LoggerFactory.getLogger(NeverTwiceIT.class).info("{} histories from seed {}: {}", HISTORIES, seed, ends);
    }

    @Test
    void a_refund_that_was_asked_for_again_just_before_its_key_is_forgotten_may_still_arrive() {
        var history = new RefundHistory(service, List.of(Fate.LOST, Fate.LATE));
        history.attempt();
        history.later(Duration.ofHours(23).minusMinutes(1));
        history.attempt();
        history.later(Duration.ofSeconds(40)); // the key is not relied on any more: it is looked for, and is not there
        for (var attempts = 0; attempts < 3; attempts++) {
            history.attempt();
        }
        history.later(Duration.ofMinutes(3));
        history.attempt();
        assertThat(history.told()).startsWith("REFUNDED");
        var provider = service.bean(ProviderModel.class);
        assertThat(provider.refunds()).as(provider.story()).isEqualTo(1);
    }

    @Test
    void whatever_goes_wrong_a_refund_is_given_back_once() {
        var seed = Long.getLong("histories.seed", new SplittableRandom().nextLong(1_000_000_000));
        var provider = service.bean(ProviderModel.class);
        for (var i = 0; i < Math.max(1, HISTORIES / 3); i++) {
            var history = new RefundHistory(service, seed + i);
            try {
                history.live();
                assertThat(history.told()).startsWith("REFUNDED");
                assertThat(provider.refunds()).isEqualTo(1);
            } catch (RuntimeException | AssertionError fault) {
                throw new AssertionError(
                        "History %d:\n  %s\n  %s".formatted(seed + i, provider.story(), history.told()), fault);
            }
        }
    }
}
