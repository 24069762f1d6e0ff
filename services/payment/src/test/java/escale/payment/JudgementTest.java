package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import escale.messaging.Event;
import escale.messaging.Json;
import escale.messaging.RetryLadder;
import io.micronaut.serde.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every answer, on an attempt that has others after it and on the last one. */
class JudgementTest {
    private static final Origin ORIGIN = new Origin("payments", 3, 14);

    private final Judgement judgement = new Judgement(
            RetryLadder.of("payments"),
            new Telling(new Json(ObjectMapper.getDefault()), Clock.systemUTC(), Clock.systemUTC(), "payment-1"));

    @Test
    void money_that_moved_settles_the_payment() {
        var result = judgement.of(payment(1), new Charge.Paid("pi_1"), ORIGIN);
        assertThat(result.state()).isEqualTo(State.PAID);
        assertThat(result.providerId()).isEqualTo("pi_1");
        assertThat(types(result)).containsExactly("payment.succeeded");
    }

    @Test
    void a_no_settles_it_too() {
        var result = judgement.of(payment(1), new Charge.Declined("pi_1", "expired_card", "Expired"), ORIGIN);
        assertThat(result.state()).isEqualTo(State.DECLINED);
        assertThat(result.nextIn()).isNull();
        assertThat(types(result)).containsExactly("payment.declined");
    }

    @Test
    void the_nth_failure_waits_on_the_nth_rung() {
        long[] seconds = {1, 2, 4, 8, 16};
        for (var attempt = 1; attempt <= seconds.length; attempt++) {
            var result = judgement.of(payment(attempt), new Charge.Unpaid("provider-500"), ORIGIN);
            assertThat(result.nextIn()).isEqualTo(Duration.ofSeconds(seconds[attempt - 1]));
            assertThat(result.events().getLast().topic()).isEqualTo("payments.retry." + seconds[attempt - 1] + "s");
            assertThat(types(result)).containsExactly("payment.attempt-failed", "payment.retry");
            assertThat(result.attemptsSpent()).isEqualTo(attempt);
        }
    }

    @Test
    void only_a_proof_that_nothing_was_charged_moves_the_key() {
        assertThat(judgement
                        .of(payment(1), new Charge.Unpaid("x"), ORIGIN)
                        .payment()
                        .keyNo())
                .isEqualTo(2);
        for (var doubt : List.of(Doubt.SAME_KEY, Doubt.ANSWERED)) {
            var result = judgement.of(payment(1), new Charge.Unknown("x", doubt), ORIGIN);
            assertThat(result.payment().keyNo()).isEqualTo(1);
            assertThat(result.doubt()).isEqualTo(doubt);
        }
    }

    @Test
    void what_was_not_attempted_spends_nothing_and_tells_nothing() {
        var result = judgement.of(payment(3), new Charge.NotAttempted("x", Duration.ofSeconds(1)), ORIGIN);
        assertThat(result.attemptsSpent()).isEqualTo(2);
        assertThat(result.state()).isEqualTo(State.WAITING);
        assertThat(result.events()).isEmpty();
    }

    @Test
    void what_failed_but_was_no_attempt_spends_nothing_but_remembers_the_doubt() {
        var result =
                judgement.unspent(payment(1), new Charge.Unknown("x", Doubt.SAME_KEY), Duration.ofSeconds(1), ORIGIN);
        assertThat(result.attemptsSpent()).isZero();
        assertThat(result.doubt()).isEqualTo(Doubt.SAME_KEY);
        assertThat(result.events()).isEmpty();
    }

    @Test
    void at_the_end_a_proof_fails_the_payment_and_a_doubt_leaves_it_unproven() {
        var proven = judgement.ofTheEnd(payment(6), new Charge.Unpaid("not-at-provider"), ORIGIN);
        assertThat(proven.state()).isEqualTo(State.FAILED);
        var doubtful = judgement.ofTheEnd(payment(6), new Charge.Unknown("x", Doubt.SAME_KEY), ORIGIN);
        assertThat(doubtful.state()).isEqualTo(State.UNPROVEN);
        for (var result : List.of(proven, doubtful)) {
            assertThat(types(result)).containsExactly("payment.exhausted", "payment.retry");
            assertThat(result.events().getLast().topic()).isEqualTo("payments.dlt");
        }
    }

    @Test
    void money_found_at_the_end_is_money() {
        assertThat(judgement
                        .ofTheEnd(payment(6), new Charge.Paid("pi_1"), ORIGIN)
                        .state())
                .isEqualTo(State.PAID);
    }

    @Test
    void the_version_counts_what_is_told_and_nothing_else() {
        assertThat(judgement.of(payment(1), new Charge.Unpaid("x"), ORIGIN).told())
                .isEqualTo(1);
        assertThat(judgement
                        .of(payment(1), new Charge.NotAttempted("x", Duration.ZERO), ORIGIN)
                        .told())
                .isZero();
    }

    private static List<String> types(Result result) {
        return result.events().stream().map(Event::type).toList();
    }

    private static Payment payment(int attempt) {
        var now = Instant.parse("2026-05-04T08:15:30Z");
        return new Payment(PaymentService.order(), 1, attempt, 1, Doubt.NONE, now, null, null, 7, 0, null, now, now);
    }
}
