package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCreateParams;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 3-D Secure: the traveller's bank asks, and the payment waits for the answer. */
class ChallengeTest {
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

    private PaymentIntent challenged(String method) throws Exception {
        return stripe.v1()
                .paymentIntents()
                .create(PaymentsTest.order(method)
                        .setConfirm(true)
                        .setReturnUrl("http://localhost:9/paid?booking=1#top")
                        .build());
    }

    private String pageOf(PaymentIntent intent) {
        return URI.create(intent.getNextAction().getRedirectToUrl().getUrl()).getPath();
    }

    private PaymentIntent now(PaymentIntent intent) throws Exception {
        return stripe.v1().paymentIntents().retrieve(intent.getId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pm_card_threeDSecure2Required", "pm_card_threeDSecureRequired", "pm_card_authenticationRequired"
            })
    void approving_takes_the_money_once_and_leads_back(String method) throws Exception {
        var intent = challenged(method);
        assertThat(intent.getStatus()).isEqualTo("requires_action");
        assertThat(simulator.stats().at("/currencies").isEmpty()).isTrue();

        var approved = simulator.call("POST", pageOf(intent) + "/approve", "");
        assertThat(approved.statusCode()).isEqualTo(303);
        assertThat(approved.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .startsWith("http://localhost:9/paid?booking=1&payment_intent=" + intent.getId())
                        .endsWith("&redirect_status=succeeded#top"));
        assertThat(now(intent).getStatus()).isEqualTo("succeeded");
        assertThat(now(intent).getNextAction()).isNull();

        assertThat(simulator.call("POST", pageOf(intent) + "/approve", "").statusCode())
                .isEqualTo(409);
        assertThat(simulator.stats().at("/currencies/eur/charged").asLong()).isEqualTo(9_000);
    }

    @Test
    void refusing_leaves_the_intent_open_for_another_card() throws Exception {
        var intent = challenged("pm_card_threeDSecure2Required");
        var refused = simulator.call("POST", pageOf(intent) + "/refuse", "");
        assertThat(refused.headers().firstValue("Location").orElseThrow()).contains("redirect_status=failed");
        assertThat(now(intent).getStatus()).isEqualTo("requires_payment_method");
        assertThat(now(intent).getLastPaymentError().getCode()).isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void looking_at_the_page_decides_nothing() throws Exception {
        var intent = challenged("pm_card_threeDSecure2Required");
        assertThat(simulator.call("GET", pageOf(intent), "").body()).contains("Approve", "Refuse", "9000 eur");
        assertThat(simulator.call("GET", pageOf(intent) + "/approve", "").statusCode())
                .isEqualTo(200);
        assertThat(now(intent).getStatus()).isEqualTo("requires_action");
        assertThat(simulator.call("GET", "/3ds/pi_nobody", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_threeDSecureRequiredChargeDeclined, generic_decline",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds, insufficient_funds"
    })
    void a_card_may_be_declined_after_its_owner_approved(String method, String reason) throws Exception {
        var intent = challenged(method);
        var answer = simulator.call("POST", pageOf(intent) + "/approve", "");
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("redirect_status=failed");
        assertThat(now(intent).getStatus()).isEqualTo("requires_payment_method");
        assertThat(now(intent).getLastPaymentError().getDeclineCode()).isEqualTo(reason);
    }

    @Test
    void with_nobody_there_to_ask_the_card_is_declined() {
        var alone = PaymentsTest.order("pm_card_authenticationRequired")
                .setConfirm(true)
                .setOffSession(PaymentIntentCreateParams.OffSession.ONE_OFF)
                .build();
        var alsoAlone = PaymentsTest.order("pm_card_threeDSecure2Required")
                .setConfirm(true)
                .setErrorOnRequiresAction(true)
                .build();
        for (var order : new PaymentIntentCreateParams[] {alone, alsoAlone}) {
            var no = catchThrowableOfType(
                    CardException.class, () -> stripe.v1().paymentIntents().create(order));
            assertThat(no.getCode()).isEqualTo("authentication_required");
        }
    }

    @Test
    void a_canceled_intent_cannot_be_approved_any_more() throws Exception {
        var intent = challenged("pm_card_threeDSecure2Required");
        stripe.v1().paymentIntents().cancel(intent.getId());
        assertThat(simulator.call("POST", pageOf(intent) + "/approve", "").statusCode())
                .isEqualTo(409);
        assertThat(now(intent).getStatus()).isEqualTo("canceled");
    }
}
