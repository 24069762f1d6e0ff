package escale.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentSearchParams;
import escale.payment.Charge;
import escale.payment.Doubt;
import escale.payment.Payment;
import escale.payment.PaymentProvider;
import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Charges through the Stripe API: one call creates and confirms; looking up goes by id, else by our id in its metadata. */
@Singleton
final class StripeProvider implements PaymentProvider {
    static final String PAYMENT_ID = "paymentId";

    /** The provider's search index is behind by about a minute; what is older than this it knows for certain. */
    private static final Duration SEARCH_IS_SURE_AFTER = Duration.ofMinutes(10);

    /** It forgets keys after a day; an hour before that we no longer rely on one. */
    private static final Duration KEY_IS_GOOD_FOR = Duration.ofHours(23);

    /** How far the provider's clock may be behind ours. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    private final StripeClient stripe;
    private final StripeRefunds refunds;
    private final ProviderSettings settings;
    private final Clock clock = Clock.systemUTC();

    StripeProvider(StripeClient stripe, StripeRefunds refunds, ProviderSettings settings) {
        this.stripe = stripe;
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
                .putMetadata(PAYMENT_ID, order.paymentId().toString())
                .putMetadata("bookingId", order.bookingId().toString())
                .build();
        var options = RequestOptions.builder()
                .setIdempotencyKey(payment.idempotencyKey())
                .build();
        try {
            return Answers.of(stripe.v1().paymentIntents().create(params, options));
        } catch (StripeException e) {
            return Answers.of(e);
        }
    }

    @Override
    public boolean remembersKeyOf(Payment payment) {
        var since = payment.keySince();
        return since == null || since.plus(KEY_IS_GOOD_FOR).isAfter(clock.instant());
    }

    @Override
    public Charge ask(Payment payment) {
        try {
            var found = find(payment);
            return found.isPresent() ? Answers.of(found.get()) : absent(payment);
        } catch (StripeException e) {
            return notTold(payment, e);
        }
    }

    @Override
    public Charge giveUp(Payment payment) {
        try {
            var found = find(payment);
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

    private Optional<PaymentIntent> find(Payment payment) throws StripeException {
        var known = payment.providerId();
        if (known != null) {
            return Optional.of(stripe.v1().paymentIntents().retrieve(known));
        }
        var since = Objects.requireNonNullElse(payment.keySince(), payment.createdAt());
        return isProvenUnpaid(payment) || since.plus(SEARCH_IS_SURE_AFTER).isBefore(clock.instant())
                ? search(payment)
                : list(payment, since);
    }

    /** Before a replay charges it is searched for what arrived after the proof; a list would have to go back to the first key. */
    private static boolean isProvenUnpaid(Payment payment) {
        return payment.cycle() > 1 && payment.attempt() == 1 && payment.doubt() == Doubt.NONE;
    }

    private Optional<PaymentIntent> search(Payment payment) throws StripeException {
        var query = "metadata['%s']:'%s'".formatted(PAYMENT_ID, payment.order().paymentId());
        var params = PaymentIntentSearchParams.builder().setQuery(query).build();
        return mostTelling(stripe.v1().paymentIntents().search(params).getData());
    }

    /** The list, unlike the search, is never behind; newest first, it is read back to before the first use of the key. */
    private Optional<PaymentIntent> list(Payment payment, Instant since) throws StripeException {
        var id = payment.order().paymentId().toString();
        var params = PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(since.minus(CLOCK_SLACK).getEpochSecond())
                        .build())
                .setLimit(100L);
        var ours = new ArrayList<PaymentIntent>();
        // Page by page ourselves: the iterator of the SDK hides a page that failed in an exception of its own.
        while (true) {
            var page = stripe.v1().paymentIntents().list(params.build());
            for (var intent : page.getData()) {
                if (id.equals(intent.getMetadata().get(PAYMENT_ID))) {
                    ours.add(intent);
                }
            }
            if (!page.getHasMore()) {
                return mostTelling(ours);
            }
            params.setStartingAfter(page.getData().getLast().getId());
        }
    }

    /** Of several tries the one that took money is the answer. */
    private static Optional<PaymentIntent> mostTelling(List<PaymentIntent> tries) {
        return tries.stream()
                .filter(intent -> intent.getStatus().equals("succeeded"))
                .findFirst()
                .or(() -> tries.stream().findFirst());
    }

    /** Not there: it never arrived, unless the request may still be on its way. */
    private Charge absent(Payment payment) {
        var since = payment.keySince();
        var mayStillArrive = payment.doubt() == Doubt.SAME_KEY
                && since != null
                && since.plus(settings.proofAfter()).isAfter(clock.instant());
        return mayStillArrive
                ? new Charge.Unknown("not-found-yet", Doubt.SAME_KEY)
                : new Charge.Unpaid("not-at-provider");
    }

    /** Asking failed: the doubt is what it was. */
    private static Charge notTold(Payment payment, StripeException e) {
        return new Charge.Unknown(Answers.cause(e), payment.doubt());
    }
}
