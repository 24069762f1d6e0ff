package escale.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import escale.payment.Doubt;
import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Gives money back through the Stripe API. The refunds of a payment can be listed, so a doubt is settled by looking. */
@Singleton
final class StripeRefunds {
    static final String REFUND_ID = "refundId";

    private final StripeClient stripe;
    private final ProviderSettings settings;

    StripeRefunds(StripeClient stripe, ProviderSettings settings) {
        this.stripe = stripe;
        this.settings = settings;
    }

    Refunding refund(Refund refund) {
        if (refund.payment().providerId() == null) {
            return new Refunding.Refused(
                    "paid-outside"); // the provider has nothing to give back: a person knows who has
        }
        try {
            if (!refund.lookFirst()) {
                return give(refund);
            }
            var given = find(refund);
            return given.isPresent() ? of(given.get(), refund) : absent(refund);
        } catch (StripeException e) { // looking failed: the doubt is what it was
            return new Refunding.Open(Answers.cause(e), refund.doubt(), refund.keyNo());
        }
    }

    Refunding lookUp(Refund refund) {
        try {
            return find(refund)
                    .map(given -> of(given, refund))
                    .orElse(new Refunding.Open("not-at-provider", refund.doubt(), refund.keyNo()));
        } catch (StripeException e) {
            return new Refunding.Open(Answers.cause(e), refund.doubt(), refund.keyNo());
        }
    }

    /** The next key is written down before anything is given back under it: that happens when it comes due again. */
    private Refunding absent(Refund refund) {
        return mayStillArrive(refund)
                ? new Refunding.Open("not-found-yet", Doubt.SAME_KEY, refund.keyNo())
                : new Refunding.Open("not-at-provider", Doubt.NONE, refund.keyNo() + 1);
    }

    private boolean mayStillArrive(Refund refund) {
        var last = refund.lastRequest();
        return refund.doubt() == Doubt.SAME_KEY
                && last != null
                && last.plus(settings.proofAfter()).isAfter(Instant.now());
    }

    private Refunding give(Refund refund) {
        var params = RefundCreateParams.builder()
                .setPaymentIntent(Objects.requireNonNull(refund.payment().providerId()))
                .setAmount(refund.amount())
                .putMetadata(REFUND_ID, refund.id().toString())
                .build();
        var options = RequestOptions.builder()
                .setIdempotencyKey(refund.idempotencyKey())
                .build();
        try {
            return of(stripe.v1().refunds().create(params, options), refund);
        } catch (StripeException e) {
            return of(e, refund);
        }
    }

    private Optional<com.stripe.model.Refund> find(Refund refund) throws StripeException {
        var params = RefundListParams.builder()
                .setPaymentIntent(Objects.requireNonNull(refund.payment().providerId()))
                .setLimit(100L);
        var id = refund.id().toString();
        var question = new Question(settings.callDeadline());
        // Page by page ourselves, as with payments.
        while (true) {
            var page = question.ask(options -> stripe.v1().refunds().list(params.build(), options));
            for (var given : page.getData()) {
                if (id.equals(given.getMetadata().get(REFUND_ID))) {
                    return Optional.of(given);
                }
            }
            if (!page.getHasMore()) {
                return Optional.empty();
            }
            params.setStartingAfter(page.getData().getLast().getId());
        }
    }

    /** Accepted counts as given back: where the bank is slow the provider sees it through. */
    private static Refunding of(com.stripe.model.Refund given, Refund refund) {
        return switch (given.getStatus()) {
            case "succeeded", "pending" -> new Refunding.Refunded(given.getId());
            case "failed", "canceled" ->
                new Refunding.Refused(Objects.requireNonNullElse(given.getFailureReason(), given.getStatus()));
            default -> new Refunding.Open("status-" + given.getStatus(), Doubt.SAME_KEY, refund.keyNo());
        };
    }

    private static Refunding of(StripeException e, Refund refund) {
        if (e instanceof ApiConnectionException
                || e instanceof AuthenticationException
                || e instanceof PermissionException
                || e instanceof IdempotencyException) {
            return new Refunding.Open(Answers.cause(e), Doubt.SAME_KEY, refund.keyNo());
        }
        var error = e.getStripeError();
        return switch (Objects.requireNonNullElse(e.getStatusCode(), 0)) {
            case 400, 402, 404 ->
                new Refunding.Refused(
                        error == null
                                ? Answers.cause(e)
                                : Objects.requireNonNullElse(error.getCode(), Answers.cause(e)));
            case 500 -> new Refunding.Open(Answers.cause(e), doubtAfter(e, refund), refund.keyNo());
            default -> new Refunding.Open(Answers.cause(e), Doubt.SAME_KEY, refund.keyNo());
        };
    }

    /** A request before that had no answer may still be on its way, unless this answer is kept under the key. */
    private static Doubt doubtAfter(StripeException answered, Refund refund) {
        var isTheAnswer = refund.doubt() == Doubt.NONE || Answers.isKept(answered);
        return isTheAnswer && answered.getStripeError() != null ? Doubt.ANSWERED : Doubt.SAME_KEY;
    }
}
