package escale.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.payment.Charge;
import escale.payment.Doubt;
import escale.payment.Order;
import escale.payment.Payment;
import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import escale.runtime.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each answer of the provider, as the SDK makes of it, and what we make of that. */
class StripeProviderIT {
    private static Simulator simulator;
    private static StripeProvider provider;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start();
        provider = simulator.provider(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void healthy() throws Exception {
        simulator.healthy();
    }

    @Test
    void a_good_card_is_paid() {
        assertThat(provider.charge(payment("pm_card_visa"))).isInstanceOf(Charge.Paid.class);
    }

    @Test
    void the_same_key_pays_once() {
        var payment = payment("pm_card_visa");
        assertThat(provider.charge(payment)).isEqualTo(provider.charge(payment));
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_chargeDeclined, generic_decline",
        "pm_card_chargeDeclinedInsufficientFunds, insufficient_funds",
        "pm_card_chargeDeclinedExpiredCard, expired_card",
        "pm_unheard_of, resource_missing"
    })
    void a_no_is_a_no_with_its_reason(String method, String reason) {
        assertThat(provider.charge(payment(method)))
                .isInstanceOfSatisfying(
                        Charge.Declined.class, no -> assertThat(no.reason()).isEqualTo(reason));
    }

    @Test
    void a_bank_that_wants_to_see_the_traveller_gives_a_link() {
        assertThat(provider.charge(payment("pm_card_threeDSecure2Required")))
                .isInstanceOfSatisfying(
                        Charge.ActionRequired.class,
                        action -> assertThat(action.link()).startsWith("http"));
    }

    @ParameterizedTest
    @CsvSource({
        "error500Before, provider-500, ANSWERED",
        "error500After, provider-500, ANSWERED",
        "error502Html, provider-502, SAME_KEY",
        "hang, provider-timeout, SAME_KEY",
        "drip, provider-timeout, SAME_KEY",
        "truncated, connection-broken, SAME_KEY",
        "resetBefore, connection-broken, SAME_KEY",
        "resetAfter, connection-broken, SAME_KEY"
    })
    void after_an_answer_that_says_nothing_the_outcome_is_unknown(String fault, String cause, Doubt doubt)
            throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"%s\"}".formatted(fault));
        var asked = cause.equals("provider-timeout") ? simulator.provider(Duration.ofSeconds(1)) : provider;
        assertThat(asked.charge(payment("pm_card_visa"))).isEqualTo(new Charge.Unknown(cause, doubt));
    }

    @ParameterizedTest
    @CsvSource({"error503, provider-503", "error429, provider-429"})
    void a_provider_that_sends_us_away_was_not_attempted(String fault, String cause) throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"%s\"}".formatted(fault));
        assertThat(provider.charge(payment("pm_card_visa")))
                .isInstanceOfSatisfying(
                        Charge.NotAttempted.class, no -> assertThat(no.cause()).isEqualTo(cause));
    }

    @Test
    void a_provider_that_is_down_was_not_attempted() throws Exception {
        simulator.faults("{\"down\": true}");
        assertThat(provider.charge(payment("pm_card_visa"))).isInstanceOf(Charge.NotAttempted.class);
        assertThat(provider.answers()).isFalse();
    }

    @Test
    void asking_finds_what_was_paid_although_the_answer_was_lost() throws Exception {
        var payment = payment("pm_card_visa");
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500After\"}");
        provider.charge(payment);
        simulator.healthy();
        assertThat(provider.ask(payment.inDoubt(Doubt.ANSWERED))).isInstanceOf(Charge.Paid.class);
        assertThat(provider.giveUp(payment.inDoubt(Doubt.ANSWERED))).isInstanceOf(Charge.Paid.class);
    }

    @Test
    void the_ask_of_a_replay_finds_what_was_paid_under_an_earlier_key() {
        var paid = paid();
        var later = Instant.now().plusSeconds(60);
        var replay = new Payment(paid.order(), 2, 1, 2, Doubt.NONE, later, null, null, 1, 0, null, later, later);
        await("the provider's search is a little behind").until(() -> provider.ask(replay) instanceof Charge.Paid);
    }

    @Test
    void a_refund_is_looked_for_on_all_pages_and_stays_open_while_one_of_them_fails() throws Exception {
        var payment = paid();
        var first = refund(payment, 1, Doubt.NONE);
        provider.refund(first);
        for (var others = 0; others < 101; others++) {
            provider.refund(refund(payment, 1, Doubt.NONE));
        }
        var looked = inDoubt(first, Doubt.ANSWERED);

        simulator.faults("{\"errorRate\": 0.5, \"seed\": %d}"
                .formatted(seedThatSpares(true, false, false, false, false, false)));
        assertThat(provider.refund(looked)).isEqualTo(new Refunding.Open("provider-500", Doubt.ANSWERED, 1));
        simulator.faults("{\"errorRate\": 0.5, \"seed\": %d}".formatted(seedThatSpares(true, false, true)));
        assertThat(provider.refund(looked)).isInstanceOf(Refunding.Refunded.class);
    }

    private static long seedThatSpares(boolean... calls) {
        return LongStream.iterate(1, seed -> seed + 1)
                .filter(seed -> spares(new SplittableRandom(seed), calls))
                .findFirst()
                .orElseThrow();
    }

    /** As the simulator draws: whether a call fails, and if so, with which of its kinds of fault. */
    private static boolean spares(SplittableRandom chance, boolean... calls) {
        for (var spared : calls) {
            var fails = chance.nextDouble() < 0.5;
            if (fails == spared) {
                return false;
            }
            if (fails) {
                chance.nextInt(1);
            }
        }
        return true;
    }

    @Test
    void what_is_not_there_was_not_paid_unless_it_may_still_arrive() {
        var payment = payment("pm_card_visa");
        assertThat(provider.ask(payment.inDoubt(Doubt.ANSWERED))).isEqualTo(new Charge.Unpaid("not-at-provider"));
        assertThat(provider.ask(payment.inDoubt(Doubt.SAME_KEY)))
                .isEqualTo(new Charge.Unknown("not-found-yet", Doubt.SAME_KEY));
    }

    @Test
    void giving_up_cancels_what_is_open() {
        var payment = payment("pm_card_threeDSecure2Required");
        provider.charge(payment);
        assertThat(provider.giveUp(payment)).isEqualTo(new Charge.Unpaid("cancelled-at-provider"));
        assertThat(provider.ask(payment)).isEqualTo(new Charge.Unpaid("cancelled-at-provider"));
    }

    @Test
    void a_key_that_stands_for_another_request_makes_us_look() {
        var payment = payment("pm_card_visa");
        provider.charge(payment);
        var order = payment.order();
        var other = new Order(
                order.paymentId(), order.bookingId(), 1, "CHARGE", 1, "EUR", "pm_card_visa", "marie", order.trace());
        var changed = payment(other);
        assertThat(provider.charge(changed)).isEqualTo(new Charge.Unknown("provider-400", Doubt.ANSWERED));
    }

    @Test
    void the_same_refund_gives_back_once() {
        var refund = refund(paid(), 4_000, Doubt.NONE);
        assertThat(provider.refund(refund)).isInstanceOf(Refunding.Refunded.class);
        assertThat(provider.refund(refund)).isEqualTo(provider.refund(refund));
        assertThat(provider.refund(refund(refund.payment(), 5_000, Doubt.NONE))).isInstanceOf(Refunding.Refunded.class);
    }

    @Test
    void more_than_was_paid_is_refused() {
        assertThat(provider.refund(refund(paid(), 9_001, Doubt.NONE))).isInstanceOf(Refunding.Refused.class);
    }

    @Test
    void a_refund_whose_answer_says_nothing_is_looked_up_before_it_is_tried_again() throws Exception {
        var refund = refund(paid(), 9_000, Doubt.NONE);
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500After\"}");
        assertThat(provider.refund(refund)).isEqualTo(new Refunding.Open("provider-500", Doubt.ANSWERED, 1));
        simulator.healthy();
        assertThat(provider.refund(inDoubt(refund, Doubt.ANSWERED))).isInstanceOf(Refunding.Refunded.class);
    }

    @Test
    void a_refund_that_failed_before_its_effect_is_made_under_a_new_key() throws Exception {
        var refund = refund(paid(), 9_000, Doubt.NONE);
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Before\"}");
        assertThat(provider.refund(refund)).isEqualTo(new Refunding.Open("provider-500", Doubt.ANSWERED, 1));
        simulator.healthy();
        assertThat(provider.refund(inDoubt(refund, Doubt.ANSWERED)))
                .as("the next key is written down first")
                .isEqualTo(new Refunding.Open("not-at-provider", Doubt.NONE, 2));
        assertThat(provider.refund(underKey(2, refund))).isInstanceOf(Refunding.Refunded.class);
        assertThat(provider.refund(underKey(3, refund)))
                .as("all of it is given back")
                .isInstanceOf(Refunding.Refused.class);
    }

    @Test
    void a_refund_that_may_still_arrive_is_not_answered_by_an_error_that_is_not_kept() throws Exception {
        var refund = refund(paid(), 9_000, Doubt.NONE);
        var silent = new Refund(refund.id(), refund.payment(), 9_000, 2, 1, Doubt.SAME_KEY, false, Instant.now());
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Before\"}");
        assertThat(provider.refund(silent)).isEqualTo(new Refunding.Open("provider-500", Doubt.SAME_KEY, 1));
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Stored\"}");
        provider.refund(silent);
        assertThat(provider.refund(silent))
                .as("kept under the key, it answers whatever may still come")
                .isEqualTo(new Refunding.Open("provider-500", Doubt.ANSWERED, 1));
    }

    @Test
    void a_refund_that_may_still_arrive_moves_to_no_other_key() {
        var refund = refund(paid(), 9_000, Doubt.NONE);
        var justNow = new Refund(refund.id(), refund.payment(), 9_000, 2, 1, Doubt.SAME_KEY, true, Instant.now());
        assertThat(provider.refund(justNow)).isEqualTo(new Refunding.Open("not-found-yet", Doubt.SAME_KEY, 1));
        var longAgo = Instant.now().minus(Duration.ofMinutes(5));
        var lost = new Refund(refund.id(), refund.payment(), 9_000, 2, 1, Doubt.SAME_KEY, true, longAgo);
        assertThat(provider.refund(lost)).isEqualTo(new Refunding.Open("not-at-provider", Doubt.NONE, 2));
    }

    private static Payment paid() {
        var payment = payment("pm_card_visa");
        var paid = (Charge.Paid) provider.charge(payment);
        var then = payment.createdAt();
        return new Payment(payment.order(), 1, 1, 1, Doubt.NONE, null, null, paid.providerId(), 1, 0, null, then, then);
    }

    private static Refund refund(Payment payment, long amount, Doubt doubt) {
        return new Refund(Ids.next(), payment, amount, 1, 1, doubt, doubt == Doubt.ANSWERED, null);
    }

    private static Refund inDoubt(Refund refund, Doubt doubt) {
        return new Refund(refund.id(), refund.payment(), refund.amount(), 2, 1, doubt, doubt == Doubt.ANSWERED, null);
    }

    private static Refund underKey(int keyNo, Refund refund) {
        return new Refund(refund.id(), refund.payment(), refund.amount(), 3, keyNo, Doubt.NONE, false, null);
    }

    private static Payment payment(String method) {
        return payment(Simulator.order(Ids.next(), method));
    }

    private static Payment payment(Order order) {
        return Simulator.payment(order, Doubt.NONE, Instant.now(), null);
    }
}
