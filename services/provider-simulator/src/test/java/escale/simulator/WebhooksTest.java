package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.net.Webhook;
import com.stripe.param.RefundCreateParams;
import escale.simulator.webhooks.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened is told to whoever listens, signed, until it is heard; and told badly when that is switched on. */
class WebhooksTest {
    private static final List<String> A_PAYMENT =
            List.of("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");

    private RunningSimulator simulator;
    private Listener listener;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        simulator = RunningSimulator.in(folder);
        listener = new Listener();
        simulator.listen(listener.url());
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
        listener.close();
    }

    private PaymentIntent pay() throws Exception {
        return pay(simulator.stripe());
    }

    private static PaymentIntent pay(StripeClient stripe) throws Exception {
        return stripe.v1()
                .paymentIntents()
                .create(PaymentsTest.order("pm_card_visa").setConfirm(true).build());
    }

    private void awaitQuiet(int deliveries) {
        await().until(() -> simulator.stats().at("/webhooks/heard").asInt() == deliveries
                && simulator.stats().at("/webhooks/pendingEvents").asInt() == 0);
    }

    /** All that is told of a payment is written down as done with. */
    private void awaitDelivered(String result) {
        await().ignoreExceptions() // half a line
                .until(() -> simulator.deliveries().stream()
                                .filter(delivery ->
                                        delivery.path("result").asText().equals(result))
                                .map(delivery -> delivery.path("event").asText())
                                .distinct()
                                .count()
                        == A_PAYMENT.size());
    }

    @Test
    void a_payment_is_told_in_order_with_a_signature_the_sdk_accepts() throws Exception {
        var intent = pay();
        awaitQuiet(3);
        assertThat(listener.types()).isEqualTo(A_PAYMENT);
        var last = listener.heard().getLast();
        var event = Webhook.constructEvent(last.payload(), last.signature(), RunningSimulator.SECRET);
        assertThat(event.getDataObjectDeserializer().getObject())
                .hasValueSatisfying(object -> assertThat(object)
                        .isInstanceOfSatisfying(
                                PaymentIntent.class,
                                told -> assertThat(told.getId()).isEqualTo(intent.getId())));
        assertThatThrownBy(() -> Webhook.constructEvent(last.payload(), last.signature(), "whsec_other"))
                .isInstanceOf(SignatureVerificationException.class);
        assertThatThrownBy(() -> Webhook.constructEvent(
                        last.payload().replace("9000", "1"), last.signature(), RunningSimulator.SECRET))
                .isInstanceOf(SignatureVerificationException.class);
    }

    @Test
    void a_refund_is_told_too() throws Exception {
        var intent = pay();
        simulator
                .stripe()
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .build());
        awaitQuiet(5);
        assertThat(listener.types()).contains("refund.created", "charge.refunded");
    }

    @Test
    void an_event_that_was_told_can_be_looked_up() throws Exception {
        pay();
        awaitQuiet(3);
        var told = listener.heard().getFirst();
        var event = simulator.stripe().v1().events().retrieve(told.id());
        assertThat(event.getType()).isEqualTo(told.type());
        assertThat(simulator.stripe().v1().events().list().getData())
                .extracting(Event::getType)
                .isEqualTo(A_PAYMENT.reversed());
    }

    @Test
    void an_endpoint_that_does_not_answer_2xx_is_told_again() throws Exception {
        listener.refuse(2);
        pay();
        awaitQuiet(3);
        assertThat(listener.heard()).hasSize(5);
        assertThat(listener.types()).containsAll(A_PAYMENT);
    }

    @Test
    void an_endpoint_hears_only_what_it_asked_for() throws Exception {
        simulator.control(
                "PUT",
                "/webhooks",
                "[{\"url\": \"%s\", \"events\": [\"payment_intent.succeeded\"]}]".formatted(listener.url()));
        pay();
        awaitQuiet(1);
        assertThat(listener.types()).containsExactly("payment_intent.succeeded");
    }

    @Test
    void twice_means_that_each_event_comes_twice_with_the_same_id() throws Exception {
        simulator.faults("{\"webhooks\": {\"twice\": true}}");
        pay();
        awaitQuiet(6);
        assertThat(listener.heard().stream().map(Listener.Heard::id).distinct()).hasSize(3);
    }

    @Test
    void reversed_means_that_a_payment_is_told_from_its_end() throws Exception {
        simulator.faults("{\"webhooks\": {\"reversed\": true}}");
        pay();
        awaitQuiet(3);
        assertThat(listener.types()).isEqualTo(A_PAYMENT.reversed());
    }

    @Test
    void late_means_that_the_money_moved_long_before_it_is_told() throws Exception {
        simulator.faults("{\"webhooks\": {\"lateMs\": 400}}");
        long before = System.nanoTime();
        pay();
        assertThat(simulator.stats().at("/currencies/eur/charges").asInt()).isEqualTo(1);
        awaitQuiet(3);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(400_000_000);
    }

    @Test
    void never_means_that_it_is_not_told_and_not_made_up_for() throws Exception {
        simulator.faults("{\"webhooks\": {\"never\": true}}");
        pay();
        awaitDelivered("NEVER_SENT");
        simulator.restartTelling(new Endpoint(URI.create(listener.url()), List.of()));
        var healthy = pay(); // one behind it shows that the silence is not just delay
        awaitQuiet(3);
        assertThat(listener.heard())
                .hasSize(3)
                .allSatisfy(heard -> assertThat(heard.payload()).contains(healthy.getId()));
    }

    @Test
    void a_forgotten_event_can_be_told_again_by_hand() throws Exception {
        simulator.faults("{\"webhooks\": {\"never\": true}}");
        pay();
        var event = simulator.stripe().v1().events().list().getData().getFirst();
        var answer = simulator.control("POST", "/webhooks/redeliver?event=" + event.getId(), "");
        assertThat(RunningSimulator.parse(answer.body())
                        .path("answers")
                        .path(listener.url())
                        .asInt())
                .isEqualTo(204);
        assertThat(listener.types()).containsExactly("payment_intent.succeeded");
        assertThat(simulator
                        .control("POST", "/webhooks/redeliver?event=evt_x", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_was_not_heard_is_told_after_a_restart() throws Exception {
        listener.refuse(Integer.MAX_VALUE);
        pay();
        await().until(() -> listener.heard().size() >= 3);
        listener.refuse(0);
        simulator.restartTelling(new Endpoint(URI.create(listener.url()), List.of()));
        awaitDelivered("HEARD");
        var told = listener.heard().size();
        assertThat(listener.types()).containsAll(A_PAYMENT);
        simulator.restartTelling(new Endpoint(URI.create(listener.url()), List.of()));
        pay();
        awaitQuiet(3);
        assertThat(listener.heard()).hasSize(told + 3);
    }

    @Test
    void a_wiped_ledger_tells_nothing_of_before() throws Exception {
        simulator.faults("{\"webhooks\": {\"lateMs\": 3600000}}");
        pay();
        await().until(() -> simulator.stats().at("/webhooks/pendingEvents").asInt() == 3);
        assertThat(simulator.control("POST", "/reset", "").statusCode()).isEqualTo(200);
        simulator.healthy();
        var after = pay();
        awaitQuiet(3);
        assertThat(listener.heard())
                .hasSize(3)
                .allSatisfy(heard -> assertThat(heard.payload()).contains(after.getId()));
    }
}
