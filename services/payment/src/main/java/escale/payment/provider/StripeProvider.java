package escale.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import escale.payment.Charge;
import escale.payment.Doubt;
import escale.payment.Payment;
import escale.payment.PaymentProvider;
import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Charges through the Stripe API: one call creates and confirms. */
@Singleton
final class StripeProvider implements PaymentProvider {
    private final StripeClient stripe;
    private final FindIntent intents;
    private final StripeRefunds refunds;
    private final ProviderSettings settings;
    private final KeyTimes keys = new KeyTimes(Clock.systemUTC());

    StripeProvider(StripeClient stripe, StripeRefunds refunds, ProviderSettings settings) {
        this.stripe = stripe;
        this.intents = new FindIntent(stripe, settings.callDeadline(), keys);
        this.refunds = refunds;
        this.settings = settings;
    }

    @Override
    public Charge charge(Payment payment) {
        var order = payment.order();
        var params = PaymentIntentCreateParams.builder()
                .setAmount(order.amount())
                .setCurrency(order.currency())
                .setPaymentMethod(order.method())
                .addPaymentMethodType("card")
                .setConfirm(true)
                .setReturnUrl(settings.returnUrl())
                .putMetadata(FindIntent.PAYMENT_ID, order.paymentId().toString())
                .putMetadata("bookingId", order.bookingId().toString())
                .build();
        var options = RequestOptions.builder()
                .setIdempotencyKey(payment.idempotencyKey())
                .build();
        try {
            return Answers.of(stripe.v1().paymentIntents().create(params, options));
        } catch (StripeException e) {
            return Answers.to(payment, e);
        }
    }

    @Override
    public boolean remembersKeyOf(Payment payment) {
        return keys.isRemembered(payment);
    }

    @Override
    public Charge ask(Payment payment) {
        try {
            var found = intents.find(payment);
            return found.isPresent() ? Answers.of(found.get()) : absent(payment);
        } catch (StripeException e) {
            return notTold(payment, e);
        }
    }

    @Override
    public Charge giveUp(Payment payment) {
        try {
            var found = intents.find(payment);
            if (found.isEmpty()) {
                return absent(payment);
            }
            return switch (Answers.of(found.get())) {
                case Charge.ActionRequired _, Charge.Declined _ -> {
                    stripe.v1().paymentIntents().cancel(found.get().getId());
                    yield new Charge.Unpaid("cancelled-at-provider");
                }
                case Charge.Paid paid -> paid;
                case Charge.Unpaid unpaid -> unpaid;
                case Charge.Unknown unknown -> unknown;
                case Charge.NotAttempted no -> no;
            };
        } catch (StripeException e) {
            return notTold(payment, e);
        }
    }

    @Override
    public Refunding refund(Refund refund) {
        return refunds.refund(refund);
    }

    @Override
    public Refunding lookUp(Refund refund) {
        return refunds.lookUp(refund);
    }

    @Override
    public boolean answers() {
        try {
            return stripe.v1().balance().retrieve() != null;
        } catch (StripeException e) {
            return false;
        }
    }

    /** Not there: it never arrived, unless the request may still be on its way. */
    private Charge absent(Payment payment) {
        var mayStillArrive =
                payment.doubt() == Doubt.SAME_KEY && keys.lastRequestIsWithin(settings.proofAfter(), payment);
        return mayStillArrive
                ? new Charge.Unknown("not-found-yet", Doubt.SAME_KEY)
                : new Charge.Unpaid("not-at-provider");
    }

    /** Asking failed: the doubt is what it was. */
    private static Charge notTold(Payment payment, StripeException e) {
        return new Charge.Unknown(Answers.cause(e), payment.doubt());
    }
}
