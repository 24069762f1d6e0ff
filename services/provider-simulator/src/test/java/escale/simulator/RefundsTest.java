package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money goes back whole or in parts, and never more of it than was taken. */
class RefundsTest {
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

    private String paidWith(String method) throws Exception {
        var order = PaymentsTest.order(method).setConfirm(true).build();
        return stripe.v1().paymentIntents().create(order).getId();
    }

    private Refund refund(String intent, Long amount) throws Exception {
        return stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent)
                        .setAmount(amount)
                        .putMetadata("refundId", "r-1")
                        .build());
    }

    @Test
    void without_an_amount_all_of_it_goes_back() throws Exception {
        var intent = paidWith("pm_card_visa");
        var refund = refund(intent, null);
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(refund.getAmount()).isEqualTo(9_000);
        assertThat(stripe.v1().charges().retrieve(refund.getCharge()).getRefunded())
                .isTrue();
        assertThat(simulator.stats().at("/currencies/eur/net").asLong()).isZero();
    }

    @Test
    void parts_go_back_until_nothing_is_left() throws Exception {
        var intent = paidWith("pm_card_visa");
        refund(intent, 4_000L);
        var tooMuch = catchThrowableOfType(InvalidRequestException.class, () -> refund(intent, 5_001L));
        assertThat(tooMuch.getCode()).isEqualTo("amount_too_large");
        assertThat(refund(intent, null).getAmount()).isEqualTo(5_000);
        var again = catchThrowableOfType(InvalidRequestException.class, () -> refund(intent, null));
        assertThat(again.getCode()).isEqualTo("charge_already_refunded");
        var list = RefundListParams.builder().setPaymentIntent(intent).build();
        assertThat(stripe.v1().refunds().list(list).getData())
                .extracting(Refund::getAmount)
                .containsExactly(5_000L, 4_000L);
    }

    @Test
    void a_refund_shows_the_notes_of_its_merchant_and_can_be_looked_up() throws Exception {
        var refund = refund(paidWith("pm_card_visa"), 1L);
        assertThat(stripe.v1().refunds().retrieve(refund.getId()).getMetadata()).containsEntry("refundId", "r-1");
    }

    @Test
    void what_was_never_paid_cannot_be_refunded() throws Exception {
        var opened = stripe.v1()
                .paymentIntents()
                .create(PaymentsTest.order("pm_card_visa").build());
        var no = catchThrowableOfType(InvalidRequestException.class, () -> refund(opened.getId(), null));
        assertThat(no.getMessage()).contains("does not have a successful charge");
        var unknown = catchThrowableOfType(InvalidRequestException.class, () -> refund("pi_nobody", null));
        assertThat(unknown.getCode()).isEqualTo("resource_missing");
    }

    @Test
    void a_refund_that_the_bank_returns_leaves_the_money_with_the_merchant() throws Exception {
        var refund = refund(paidWith("pm_card_refundFail"), null);
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        await().until(() -> stripe.v1().refunds().retrieve(refund.getId()).getStatus(), "failed"::equals);
        assertThat(simulator.stats().at("/currencies/eur/net").asLong()).isEqualTo(9_000);
        assertThat(simulator.lines().getLast().path("type").asText()).isEqualTo("refund.failed");
    }

    @Test
    void a_return_that_was_due_is_made_up_for_after_a_restart() throws Exception {
        var refund = refund(paidWith("pm_card_refundFail"), null);
        simulator.restart(_ -> {});
        var after = simulator.stripe();
        await().until(() -> after.v1().refunds().retrieve(refund.getId()).getStatus(), "failed"::equals);
    }
}
