package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.PaymentIntentUpdateParams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider's own SDK pays, looks, changes its mind and gives up. */
class PaymentsTest {
    private RunningSimulator simulator;
    private StripeClient stripe;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RunningSimulator.in(folder);
        stripe = simulator.stripe();
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    static PaymentIntentCreateParams.Builder order(String method) {
        return PaymentIntentCreateParams.builder()
                .setAmount(9_000L)
                .setCurrency("eur")
                .setPaymentMethod(method)
                .addPaymentMethodType("card");
    }

    private PaymentIntent pay(String booking) throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .create(order("pm_card_visa")
                        .setConfirm(true)
                        .putMetadata("bookingId", booking)
                        .build());
    }

    @Test
    void create_and_confirm_in_one_call_takes_the_money() throws Exception {
        var intent = stripe.v1()
                .paymentIntents()
                .create(order("pm_card_visa")
                        .setConfirm(true)
                        .addExpand("latest_charge")
                        .build());
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getAmountReceived()).isEqualTo(9_000);
        assertThat(intent.getLatestChargeObject().getPaid()).isTrue();
        assertThat(stripe.v1().charges().retrieve(intent.getLatestCharge()).getPaymentIntent())
                .isEqualTo(intent.getId());
        assertThat(stripe.v1().balance().retrieve().getAvailable().getFirst().getAmount())
                .isEqualTo(9_000);
    }

    @Test
    void create_first_and_confirm_later_takes_the_money_once() throws Exception {
        var opened =
                stripe.v1().paymentIntents().create(order("pm_card_mastercard").build());
        assertThat(opened.getStatus()).isEqualTo("requires_confirmation");
        assertThat(stripe.v1().paymentIntents().confirm(opened.getId()).getStatus())
                .isEqualTo("succeeded");
        var again = catchThrowableOfType(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().confirm(opened.getId()));
        assertThat(again.getCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(simulator.stats().at("/currencies/eur/charged").asLong()).isEqualTo(9_000);
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_chargeDeclined, card_declined, generic_decline",
        "pm_card_visa_chargeDeclined, card_declined, generic_decline",
        "pm_card_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_visa_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_visa_chargeDeclinedLostCard, card_declined, lost_card",
        "pm_card_visa_chargeDeclinedStolenCard, card_declined, stolen_card",
        "pm_card_visa_chargeDeclinedVelocityLimitExceeded, card_declined, card_velocity_exceeded",
        "pm_card_chargeDeclinedExpiredCard, expired_card, expired_card",
        "pm_card_chargeDeclinedIncorrectCvc, incorrect_cvc, incorrect_cvc",
        "pm_card_chargeDeclinedProcessingError, processing_error, processing_error",
        "pm_card_radarBlock, card_declined, fraudulent"
    })
    void a_card_that_is_declined_says_why_and_can_be_replaced(String method, String code, String declineCode)
            throws Exception {
        var no = catchThrowableOfType(
                CardException.class,
                () -> stripe.v1()
                        .paymentIntents()
                        .create(order(method).setConfirm(true).build()));
        assertThat(no.getStatusCode()).isEqualTo(402);
        assertThat(no.getCode()).isEqualTo(code);
        assertThat(no.getDeclineCode()).isEqualTo(declineCode);
        var intent = no.getStripeError().getPaymentIntent();
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo(declineCode);

        var other = PaymentIntentConfirmParams.builder()
                .setPaymentMethod("pm_card_visa")
                .build();
        assertThat(stripe.v1().paymentIntents().confirm(intent.getId(), other).getStatus())
                .isEqualTo("succeeded");
    }

    @Test
    void retrieve_shows_what_became_of_it_and_an_unknown_id_is_missing() throws Exception {
        var paid = pay("b-1");
        assertThat(stripe.v1().paymentIntents().retrieve(paid.getId()).toJson()).isEqualTo(paid.toJson());
        var missing = catchThrowableOfType(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().retrieve("pi_nobody"));
        assertThat(missing.getStatusCode()).isEqualTo(404);
        assertThat(missing.getCode()).isEqualTo("resource_missing");
    }

    @Test
    void a_list_is_newest_first_and_pages_through_everything() throws Exception {
        var made = new ArrayList<String>();
        for (int i = 0; i < 23; i++) {
            made.addFirst(pay("b-" + i).getId());
        }
        var params = PaymentIntentListParams.builder().setLimit(5L).build();
        var seen = new ArrayList<String>();
        stripe.v1().paymentIntents().list(params).autoPagingIterable().forEach(intent -> seen.add(intent.getId()));
        assertThat(seen).isEqualTo(made);

        var before = PaymentIntentListParams.builder()
                .setLimit(2L)
                .setEndingBefore(made.get(10))
                .build();
        assertThat(ids(stripe.v1().paymentIntents().list(before).getData())).isEqualTo(made.subList(8, 10));
    }

    @Test
    void a_list_can_be_narrowed_to_a_window_of_time() throws Exception {
        var created = pay("b-1").getCreated();
        assertThat(listed(created, created)).hasSize(1);
        assertThat(listed(created + 1, Long.MAX_VALUE)).isEmpty();
        assertThat(listed(0, created - 1)).isEmpty();
    }

    private List<PaymentIntent> listed(long from, long to) throws StripeException {
        var window = PaymentIntentListParams.Created.builder()
                .setGte(from)
                .setLte(to)
                .build();
        return stripe.v1()
                .paymentIntents()
                .list(PaymentIntentListParams.builder().setCreated(window).build())
                .getData();
    }

    @Test
    void search_finds_by_metadata_and_pages() throws Exception {
        var wanted = List.of(pay("b-1").getId(), pay("b-1").getId(), pay("b-1").getId());
        pay("b-2");
        var query = "metadata['bookingId']:'b-1' AND status:'succeeded'";
        var params =
                PaymentIntentSearchParams.builder().setQuery(query).setLimit(2L).build();
        var first = stripe.v1().paymentIntents().search(params);
        assertThat(ids(first.getData())).isEqualTo(wanted.reversed().subList(0, 2));
        var rest = PaymentIntentSearchParams.builder()
                .setQuery(query)
                .setPage(first.getNextPage())
                .build();
        assertThat(ids(stripe.v1().paymentIntents().search(rest).getData())).containsExactly(wanted.getFirst());
    }

    @Test
    void search_runs_behind_while_retrieve_and_list_do_not() throws Exception {
        simulator.faults("{\"searchLagMs\": 3600000}");
        var paid = pay("b-1");
        var params = PaymentIntentSearchParams.builder()
                .setQuery("metadata['bookingId']:'b-1'")
                .build();
        assertThat(stripe.v1().paymentIntents().search(params).getData()).isEmpty();
        assertThat(ids(stripe.v1().paymentIntents().list().getData())).containsExactly(paid.getId());
        simulator.healthy();
        assertThat(ids(stripe.v1().paymentIntents().search(params).getData())).containsExactly(paid.getId());
    }

    @Test
    void a_canceled_intent_can_never_be_charged() throws Exception {
        var opened = stripe.v1().paymentIntents().create(order("pm_card_visa").build());
        var why = PaymentIntentCancelParams.builder()
                .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                .build();
        var canceled = stripe.v1().paymentIntents().cancel(opened.getId(), why);
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCancellationReason()).isEqualTo("abandoned");
        var late = catchThrowableOfType(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().confirm(opened.getId()));
        assertThat(late.getStripeError().getPaymentIntent().getStatus()).isEqualTo("canceled");
        assertThat(simulator.stats().at("/currencies").isEmpty()).isTrue();
    }

    @Test
    void what_is_paid_cannot_be_canceled_nor_change_its_amount() throws Exception {
        var paid = pay("b-1");
        var cancel = catchThrowableOfType(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().cancel(paid.getId()));
        assertThat(cancel.getCode()).isEqualTo("payment_intent_unexpected_state");
        var more = PaymentIntentUpdateParams.builder().setAmount(9_001L).build();
        var update = catchThrowableOfType(
                InvalidRequestException.class,
                () -> stripe.v1().paymentIntents().update(paid.getId(), more));
        assertThat(update.getCode()).isEqualTo("payment_intent_unexpected_state");
        var note =
                PaymentIntentUpdateParams.builder().putMetadata("seen", "yes").build();
        assertThat(stripe.v1().paymentIntents().update(paid.getId(), note).getMetadata())
                .containsEntry("seen", "yes")
                .containsEntry("bookingId", "b-1");
    }

    @ParameterizedTest
    @CsvSource({"sk_live_real, live key", "sk_prod_x, Invalid API Key"})
    void only_test_keys_are_let_in(String key, String says) {
        var stranger = StripeClient.builder()
                .setApiKey(key)
                .setApiBase(simulator.url())
                .build();
        var no = catchThrowableOfType(
                AuthenticationException.class, () -> stranger.v1().balance().retrieve());
        assertThat(no.getMessage()).contains(says).doesNotContain(key);
    }

    @Test
    void its_version_is_the_one_the_sdk_was_made_for() throws Exception {
        pay("b-1");
        assertThat(stripe.v1().events().list().getData())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getApiVersion()).isEqualTo(Stripe.API_VERSION));
    }

    private static List<String> ids(List<PaymentIntent> intents) {
        return intents.stream().map(PaymentIntent::getId).toList();
    }
}
