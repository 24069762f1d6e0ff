package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is one call for ever: its answer is given again, whatever it was, and nothing happens twice. */
class IdempotencyTest {
    private static final String FORM = "amount=9000&currency=eur&payment_method=pm_card_visa&confirm=true";

    private final MovableClock clock = new MovableClock();
    private final String key = UUID.randomUUID().toString();
    private RunningSimulator simulator;
    private StripeClient stripe;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RunningSimulator.in(folder, clock);
        stripe = simulator.stripe();
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    private PaymentIntent create(String method) throws Exception {
        return create(PaymentsTest.order(method).setConfirm(true).build());
    }

    private PaymentIntent create(PaymentIntentCreateParams order) throws Exception {
        return stripe.v1()
                .paymentIntents()
                .create(order, RequestOptions.builder().setIdempotencyKey(key).build());
    }

    private HttpResponse<String> post(String path, String form) {
        return simulator.call("POST", path, form, "Idempotency-Key", key);
    }

    private long charges() {
        return simulator.stats().at("/currencies/eur/charges").asLong();
    }

    @Test
    void the_same_call_again_gets_the_same_answer_and_charges_once() throws Exception {
        var first = create("pm_card_visa");
        var second = create("pm_card_visa");
        assertThat(second.toJson()).isEqualTo(first.toJson());
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(second.getLastResponse().headers().firstValue("Original-Request"))
                .contains(first.getLastResponse().requestId());
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void a_replay_shows_the_object_as_it_was_answered_not_as_it_is() throws Exception {
        var opened = create(PaymentsTest.order("pm_card_visa").build());
        stripe.v1().paymentIntents().confirm(opened.getId());
        assertThat(create(PaymentsTest.order("pm_card_visa").build()).getStatus())
                .isEqualTo("requires_confirmation");
    }

    @Test
    void the_order_of_the_parameters_does_not_matter() {
        assertThat(post("/v1/payment_intents", FORM).statusCode()).isEqualTo(200);
        var shuffled = post("/v1/payment_intents", "confirm=true&currency=eur&payment_method=pm_card_visa&amount=9000");
        assertThat(shuffled.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void the_same_key_for_other_parameters_is_an_error_and_does_nothing() throws Exception {
        create("pm_card_visa");
        var error = catchThrowableOfType(IdempotencyException.class, () -> create("pm_card_mastercard"));
        assertThat(error.getStatusCode()).isEqualTo(400);
        assertThat(error.getStripeError().getType()).isEqualTo("idempotency_error");
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void parameters_that_only_look_alike_when_written_in_a_row_are_other_parameters() {
        post("/v1/payment_intents", FORM + "&metadata[a]=1&metadata[b]=2");
        var twin = post("/v1/payment_intents", FORM + "&metadata[a]=1%2C%20metadata%5Bb%5D%3D2");
        assertThat(twin.body()).contains("idempotency_error");
    }

    @Test
    void the_same_key_for_another_endpoint_is_an_error() throws Exception {
        var paid = create("pm_card_visa");
        var refund = post("/v1/refunds", "payment_intent=" + paid.getId());
        assertThat(refund.statusCode()).isEqualTo(400);
        assertThat(refund.body()).contains("idempotency_error");
        assertThat(simulator.stats().at("/currencies/eur/refunds").asLong()).isZero();
    }

    @Test
    void while_the_first_call_runs_the_second_gets_a_conflict() {
        var first = firstUnderWay(1_000);
        var conflict = second();
        for (var latency = 2_000; conflict == null; latency *= 2) { // on a slow machine the first may be over before
            assertThat(latency).isLessThan(100_000);
            first.join();
            assertThat(simulator.control("POST", "/reset", "").statusCode()).isEqualTo(200);
            first = firstUnderWay(latency);
            conflict = second();
        }
        assertThat(conflict.getStatusCode()).isEqualTo(409);
        assertThat(conflict.getCode()).isEqualTo("idempotency_key_in_use");

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(post("/v1/payment_intents", FORM).body())
                .isEqualTo(first.join().body());
        assertThat(charges()).isEqualTo(1);
    }

    /** It has taken the money and waits for so long before it answers; the next ones do not wait. */
    private CompletableFuture<HttpResponse<String>> firstUnderWay(int latencyMs) {
        simulator.faults("{\"latencyMs\": %d}".formatted(latencyMs));
        var first = CompletableFuture.supplyAsync(() -> post("/v1/payment_intents", FORM));
        await().until(() -> charges() == 1);
        simulator.faults("{\"latencyMs\": 0}");
        return first;
    }

    /** Null when it was answered like the first. */
    private @Nullable ApiException second() {
        return catchThrowableOfType(
                ApiException.class,
                () -> create(PaymentIntentCreateParams.builder()
                        .setAmount(9000L)
                        .setCurrency("eur")
                        .setPaymentMethod("pm_card_visa")
                        .setConfirm(true)
                        .build()));
    }

    @Test
    void a_decline_is_kept() {
        var first = catchThrowableOfType(CardException.class, () -> create("pm_card_chargeDeclined"));
        var second = catchThrowableOfType(CardException.class, () -> create("pm_card_chargeDeclined"));
        assertThat(second.getStripeError().getPaymentIntent().getId())
                .isEqualTo(first.getStripeError().getPaymentIntent().getId());
        assertThat(simulator.stats().path("paymentIntents").asInt()).isEqualTo(1);
    }

    @Test
    void a_500_after_the_effect_is_kept_although_the_money_was_taken() {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500After\"}");
        catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"));
        simulator.healthy();
        var again = catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"));
        assertThat(again.getStatusCode()).isEqualTo(500);
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void a_stored_500_is_kept_although_nothing_was_done() throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Stored\"}");
        catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"));
        simulator.healthy();
        assertThat(catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"))
                        .getStatusCode())
                .isEqualTo(500);
        simulator.restart(_ -> {});
        stripe = simulator.stripe();
        assertThat(catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"))
                        .getStatusCode())
                .isEqualTo(500);
        assertThat(charges()).isZero();
    }

    @Test
    void a_500_before_anything_began_leaves_the_key_free() throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Before\"}");
        catchThrowableOfType(ApiException.class, () -> create("pm_card_visa"));
        simulator.healthy();
        assertThat(create("pm_card_visa").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void a_call_that_was_refused_as_invalid_leaves_the_key_free() throws Exception {
        catchThrowableOfType(InvalidRequestException.class, () -> create("pm_unheard_of"));
        assertThat(create("pm_card_visa").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void keys_are_remembered_across_a_restart() throws Exception {
        var first = create("pm_card_visa");
        simulator.restart(_ -> {});
        stripe = simulator.stripe();
        assertThat(create("pm_card_visa").toJson()).isEqualTo(first.toJson());
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void a_key_is_forgotten_after_a_day_and_then_charges_again() throws Exception {
        var first = create("pm_card_visa");
        clock.advance(Duration.ofHours(23));
        assertThat(create("pm_card_visa").getId()).isEqualTo(first.getId());
        clock.advance(Duration.ofHours(1));
        assertThat(create("pm_card_visa").getId()).isNotEqualTo(first.getId());
        assertThat(charges()).isEqualTo(2);
    }

    @Test
    void a_key_has_at_most_255_characters() {
        var long256 = "k".repeat(256);
        assertThat(simulator
                        .call("POST", "/v1/payment_intents", FORM, "Idempotency-Key", long256)
                        .statusCode())
                .isEqualTo(400);
        assertThat(charges()).isZero();
    }
}
