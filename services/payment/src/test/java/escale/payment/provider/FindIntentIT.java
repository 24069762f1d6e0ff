package escale.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.payment.Charge;
import escale.payment.Doubt;
import escale.payment.Order;
import escale.payment.Payment;
import escale.runtime.Ids;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What became of a charge is found out although the provider fails while it is asked. */
class FindIntentIT {
    private static final String SEARCH_IS_FAR_BEHIND = "{\"searchLagMs\": 3600000}";

    private static Simulator simulator;
    private static StripeProvider provider;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start();
        provider = simulator.provider(Duration.ofSeconds(30));
        simulator.pay(150); // so that every list has a second page
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
    void a_page_that_fails_is_asked_for_again() throws Exception {
        simulator.faults(failing("list", "error500Before", "\"times\": 4"));
        assertThat(provider.ask(answered(Simulator.payment()))).isEqualTo(new Charge.Unpaid("not-at-provider"));
    }

    @Test
    void pages_that_fail_again_and_again_tell_nothing() throws Exception {
        simulator.faults(failing("list", "error500Before", "\"times\": 5"));
        assertThat(provider.ask(answered(Simulator.payment())))
                .isEqualTo(new Charge.Unknown("provider-500", Doubt.ANSWERED));
    }

    @Test
    void a_page_that_hangs_leaves_time_to_ask_for_it_again() throws Exception {
        simulator.faults(failing("list", "hang", "\"times\": 1"));
        assertThat(simulator.provider(Duration.ofSeconds(4)).ask(answered(Simulator.payment())))
                .isEqualTo(new Charge.Unpaid("not-at-provider"));
    }

    @Test
    void what_was_paid_is_found_without_the_list() throws Exception {
        var payment = paidWithoutAnswer();
        simulator.faults(failing("list", "error500Before", "\"times\": null"));
        await("the provider's search is a little behind")
                .until(() -> provider.ask(answered(payment)) instanceof Charge.Paid);
    }

    @Test
    void a_search_that_fails_leaves_it_to_the_list() throws Exception {
        var payment = paidWithoutAnswer();
        simulator.faults(failing("search", "error429", "\"times\": null"));
        assertThat(provider.ask(answered(payment))).isInstanceOf(Charge.Paid.class);
    }

    @Test
    void an_earlier_try_that_took_no_money_does_not_hide_a_later_one_that_did() throws Exception {
        var confirmed = payment(Simulator.order(Ids.next(), "pm_card_threeDSecure2Required"));
        provider.charge(confirmed);
        provider.giveUp(confirmed);
        await("the provider's search is a little behind")
                .until(() -> provider.ask(confirmed.replayed()).equals(new Charge.Unpaid("cancelled-at-provider")));
        var second = answered(payment(Simulator.order(confirmed.order().paymentId(), "pm_card_visa"))
                .underNewKey());
        provider.charge(second);
        assertThat(provider.ask(second)).isInstanceOf(Charge.Paid.class);
    }

    @Test
    void the_list_ends_where_the_last_request_under_the_key_had_been_answered() throws Exception {
        simulator.faults(SEARCH_IS_FAR_BEHIND);
        var before = Instant.now().minusSeconds(60);
        var order = Simulator.order(Ids.next(), "pm_card_visa");
        provider.charge(payment(order));
        assertThat(provider.ask(Simulator.payment(order, Doubt.ANSWERED, before, before.plusSeconds(1))))
                .isEqualTo(new Charge.Unpaid("not-at-provider"));
        assertThat(provider.ask(Simulator.payment(order, Doubt.SAME_KEY, before, before.plusSeconds(1))))
                .isInstanceOf(Charge.Paid.class);
    }

    @Test
    void a_key_that_is_old_but_was_used_just_now_is_not_left_to_the_search() throws Exception {
        simulator.faults(SEARCH_IS_FAR_BEHIND);
        var order = Simulator.order(Ids.next(), "pm_card_visa");
        provider.charge(payment(order));
        var anHourAgo = Instant.now().minusSeconds(3_600);
        var asked = new Payment(
                order, 1, 2, 1, Doubt.ANSWERED, anHourAgo, Instant.now(), null, 1, 0, null, anHourAgo, Instant.now());
        assertThat(provider.ask(asked)).isInstanceOf(Charge.Paid.class);
    }

    @Test
    void a_request_that_was_made_just_now_may_still_arrive_however_old_its_key_is() {
        var anHourAgo = Instant.now().minusSeconds(3_600);
        var order = Simulator.order(Ids.next(), "pm_card_visa");
        var asked = new Payment(
                order, 1, 6, 1, Doubt.SAME_KEY, anHourAgo, null, null, 1, 0, null, anHourAgo, Instant.now());
        assertThat(provider.giveUp(asked)).isEqualTo(new Charge.Unknown("not-found-yet", Doubt.SAME_KEY));
    }

    @Test
    void a_request_under_a_new_key_may_still_arrive_although_the_one_before_was_proven_absent() {
        var payment = Simulator.payment().underNewKey().inDoubt(Doubt.SAME_KEY);
        assertThat(provider.giveUp(payment)).isEqualTo(new Charge.Unknown("not-found-yet", Doubt.SAME_KEY));
    }

    private static String failing(String call, String fault, String times) {
        return """
                {"rules": [{"match": {"call": ["%s"]}, "kind": "%s", %s}]}
                """.formatted(call, fault, times);
    }

    private static Payment paidWithoutAnswer() throws Exception {
        var payment = Simulator.payment();
        simulator.faults(failing("create", "error500After", "\"times\": 1"));
        assertThat(provider.charge(payment)).isEqualTo(new Charge.Unknown("provider-500", Doubt.ANSWERED));
        return payment;
    }

    private static Payment answered(Payment payment) {
        return payment.inDoubt(Doubt.ANSWERED);
    }

    private static Payment payment(Order order) {
        return Simulator.payment(order, Doubt.NONE, Instant.now(), null);
    }
}
