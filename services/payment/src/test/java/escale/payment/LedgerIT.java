package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import escale.payment.sql.Claims;
import escale.payment.sql.Results;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LedgerIT {
    private static final Origin ORIGIN = new Origin("payments", 0, 0);

    @AutoClose
    private static final PaymentService service = PaymentService.start().atRest();

    private final Claims claims = service.bean(Claims.class);
    private final Results results = service.bean(Results.class);
    private final Judgement judgement = service.bean(Judgement.class);

    private static final Charge ANSWERED = new Charge.Unknown("provider-500", Doubt.ANSWERED);

    @Test
    void an_attempt_is_granted_to_one_of_many_that_ask_at_once() throws Exception {
        var order = PaymentService.order();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claimed = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> claims.claim(Ticket.first(order))))
                    .toList();
            var granted = 0;
            for (var claim : claimed) {
                granted += claim.get() instanceof Claim.Granted ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1);
        }
    }

    @Test
    void while_the_lease_lives_the_others_wait_for_it() {
        var order = PaymentService.order();
        granted(Ticket.first(order));
        assertThat(claims.claim(Ticket.first(order)))
                .isInstanceOfSatisfying(
                        Claim.Later.class, later -> assertThat(later.in()).isPositive());
    }

    @Test
    void after_the_lease_the_same_attempt_is_granted_under_a_new_fence() {
        var order = PaymentService.order();
        var first = granted(Ticket.first(order));
        expireLease(order);
        var again = granted(Ticket.first(order));
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(again.fence()).isGreaterThan(first.fence());
    }

    @Test
    void what_a_lost_worker_may_have_charged_stays_in_doubt_also_when_the_provider_is_too_busy_to_tell() {
        var order = PaymentService.order();
        var lost = granted(Ticket.first(order));
        expireLease(order);
        var again = granted(Ticket.first(order));
        assertThat(again.doubt()).isEqualTo(Doubt.SAME_KEY);

        results.record(judgement.of(again, new Charge.NotAttempted("provider-429", Duration.ZERO), ORIGIN));
        service.update("update payment set next_attempt_at = clock_timestamp() where id = ?", order.paymentId());

        var afterwards = granted(Ticket.first(order));
        assertThat(afterwards.doubt()).isEqualTo(Doubt.SAME_KEY);
        assertThat(afterwards.keySince())
                .as("where asking begins to look: before the lost call")
                .isEqualTo(lost.keySince());
    }

    @Test
    void a_result_under_an_old_fence_is_not_heard_and_tells_nothing() {
        var order = PaymentService.order();
        var late = granted(Ticket.first(order));
        expireLease(order);
        granted(Ticket.first(order));
        assertThat(results.record(judgement.of(late, new Charge.Declined(null, "late", ""), ORIGIN)))
                .isFalse();
        assertThat(service.state(order.paymentId())).isEqualTo("ATTEMPTING");
    }

    @Test
    void a_settled_payment_is_over_for_every_ticket() {
        var order = PaymentService.order();
        assertThat(results.record(judgement.of(granted(Ticket.first(order)), new Charge.Paid("pi_1"), ORIGIN)))
                .isTrue();
        assertThat(claims.claim(Ticket.first(order))).isEqualTo(new Claim.Over());
        assertThat(claims.claim(retry(order, 2))).isEqualTo(new Claim.Over());
    }

    @Test
    void the_next_attempt_is_not_granted_before_its_time_and_the_one_after_not_at_all() {
        var order = PaymentService.order();
        results.record(judgement.of(granted(Ticket.first(order)), new Charge.Unpaid("provider-500"), ORIGIN));
        service.update(
                "update payment set next_attempt_at = next_attempt_at + interval '1 h' where id = ?",
                order.paymentId());
        assertThat(claims.claim(retry(order, 2))).isInstanceOf(Claim.Later.class);
        assertThat(claims.claim(retry(order, 3))).isEqualTo(new Claim.Over());
        due(order);
        assertThat(granted(retry(order, 2)).attempt()).isEqualTo(2);
        assertThat(claims.claim(Ticket.first(order))).isEqualTo(new Claim.Over());
    }

    @Test
    void a_new_key_begins_only_after_a_proof() {
        var unpaid = PaymentService.order();
        var doubtful = PaymentService.order();
        for (var row : List.of(
                java.util.Map.entry(unpaid, new Charge.Unpaid("provider-500")),
                java.util.Map.entry(doubtful, new Charge.Unknown("provider-timeout", Doubt.SAME_KEY)))) {
            results.record(judgement.of(granted(Ticket.first(row.getKey())), row.getValue(), ORIGIN));
        }
        service.update("update payment set next_attempt_at = clock_timestamp() where state = 'WAITING'");
        assertThat(granted(retry(unpaid, 2)).keyNo()).isEqualTo(2);
        assertThat(granted(retry(doubtful, 2)).keyNo()).isEqualTo(1);
    }

    @Test
    void how_far_to_look_for_a_request_is_known_until_somebody_may_have_made_another() {
        var order = PaymentService.order();
        var first = granted(Ticket.first(order));
        assertThat(first.keyUntil()).isNull();
        results.record(judgement.of(first, ANSWERED, ORIGIN));
        due(order);
        var asked = granted(retry(order, 2));
        assertThat(asked.keyUntil()).isBetween(asked.keySince(), asked.claimedAt());

        results.record(judgement.unspent(asked, ANSWERED, Duration.ZERO, ORIGIN)); // and was told nothing
        assertThat(granted(retry(order, 2)).keyUntil()).isEqualTo(asked.keyUntil());
        expireLease(order);
        assertThat(granted(retry(order, 2)).keyUntil()).isNull();
    }

    @Test
    void how_far_to_look_is_not_known_after_a_worker_of_an_earlier_version_used_another_key() {
        var order = PaymentService.order();
        results.record(judgement.of(granted(Ticket.first(order)), ANSWERED, ORIGIN));
        service.update("update payment set key_no = key_no + 1 where id = ?", order.paymentId());
        due(order);
        var asked = granted(retry(order, 2));
        assertThat(asked.keyUntil()).isNull();
        results.record(judgement.unspent(asked, ANSWERED, Duration.ZERO, ORIGIN));
        assertThat(granted(retry(order, 2)).keyUntil())
                .as("whatever that worker asked for was answered before this claim")
                .isAfter(asked.claimedAt());
    }

    @Test
    void what_was_proven_absent_before_a_new_key_is_not_looked_for_again() {
        var order = PaymentService.order();
        results.record(judgement.of(granted(Ticket.first(order)), ANSWERED, ORIGIN));
        due(order);
        var proven = granted(retry(order, 2));
        results.record(judgement.of(proven.underNewKey(), ANSWERED, ORIGIN));
        due(order);
        var next = granted(retry(order, 3));
        assertThat(next.keySince()).isEqualTo(proven.claimedAt());
        assertThat(next.keyUntil()).isAfter(proven.claimedAt());
    }

    private static void due(Order order) {
        service.update("update payment set next_attempt_at = clock_timestamp() where id = ?", order.paymentId());
    }

    private Payment granted(Ticket ticket) {
        return ((Claim.Granted) claims.claim(ticket)).payment();
    }

    private static Ticket retry(Order order, int attempt) {
        return new Ticket(order.paymentId(), 1, 1, attempt, null);
    }

    private static void expireLease(Order order) {
        service.update(
                "update payment set lease_until = clock_timestamp() - interval '1 s' where id = ?", order.paymentId());
    }
}
