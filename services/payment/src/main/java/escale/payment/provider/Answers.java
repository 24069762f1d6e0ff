package escale.payment.provider;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import escale.payment.Charge;
import escale.payment.Doubt;
import escale.payment.Payment;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** From what the provider said, or did not say, to what is known about the money. */
final class Answers {
    private static final Duration NOT_REACHED_RETRY = Duration.ofMillis(500);
    private static final Duration REFUSED_RETRY = Duration.ofSeconds(1);
    private static final Duration MISCONFIGURED_RETRY = Duration.ofSeconds(5);

    private Answers() {}

    static Charge of(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "succeeded" -> new Charge.Paid(intent.getId());
            case "requires_action" -> new Charge.ActionRequired(intent.getId(), link(intent));
            case "requires_payment_method", "requires_confirmation" -> unconfirmed(intent);
            case "canceled" -> new Charge.Unpaid("cancelled-at-provider");
            default -> new Charge.Unknown("status-" + intent.getStatus(), Doubt.SAME_KEY);
        };
    }

    /**
     * A request that had no answer may still be on its way. Only an answer that is kept under the key is the answer to that
     * one too; another 500 leaves the key as open as it was.
     */
    static Charge to(Payment payment, StripeException e) {
        var answer = of(e);
        return payment.doubt() == Doubt.SAME_KEY
                        && answer instanceof Charge.Unknown(var cause, var doubt)
                        && doubt == Doubt.ANSWERED
                        && !(e instanceof IdempotencyException)
                        && !isKept(e)
                ? new Charge.Unknown(cause, Doubt.SAME_KEY)
                : answer;
    }

    static boolean isKept(StripeException e) {
        var error = e.getStripeError();
        var response = error == null ? null : error.getLastResponse();
        return response != null
                && response.headers().firstValue("Idempotent-Replayed").isPresent();
    }

    static Charge of(StripeException e) {
        if (e instanceof ApiConnectionException) {
            return neverConnected(e)
                    ? new Charge.NotAttempted(cause(e), NOT_REACHED_RETRY)
                    : new Charge.Unknown(cause(e), Doubt.SAME_KEY);
        }
        if (e instanceof AuthenticationException || e instanceof PermissionException) {
            return new Charge.NotAttempted(cause(e), MISCONFIGURED_RETRY); // our fault, and none of the traveller's
        }
        if (e instanceof CardException) {
            return declined(e.getStripeError(), e.getMessage());
        }
        if (e instanceof IdempotencyException) {
            // The key stands for a request that read otherwise: look what came of that.
            return new Charge.Unknown(cause(e), Doubt.ANSWERED);
        }
        var status = Objects.requireNonNullElse(e.getStatusCode(), 0);
        return switch (status) {
            case 429, 503 -> new Charge.NotAttempted(cause(e), REFUSED_RETRY);
            // Answered by the provider itself and kept under the key; a gateway's 502 or 504 leaves the request on its
            // way.
            case 500 -> new Charge.Unknown(cause(e), e.getStripeError() == null ? Doubt.SAME_KEY : Doubt.ANSWERED);
            case 400, 404 -> declined(e.getStripeError(), e.getMessage());
            default -> new Charge.Unknown(cause(e), Doubt.SAME_KEY);
        };
    }

    /** One short word per cause, to group by. */
    static String cause(StripeException e) {
        if (e instanceof ApiConnectionException) {
            if (neverConnected(e)) {
                return "provider-unreachable";
            }
            return e.getCause() instanceof TimeoutException ? "provider-timeout" : "connection-broken";
        }
        var status = Objects.requireNonNullElse(e.getStatusCode(), 0);
        return status >= 200 && status < 300 ? "broken-answer" : "provider-" + status;
    }

    /** Whether the same question may be answered a moment later. */
    static boolean mayPass(StripeException e) {
        if (e instanceof ApiConnectionException) {
            return !neverConnected(e);
        }
        var status = Objects.requireNonNullElse(e.getStatusCode(), 0);
        return status < 300 || status == 429 || status >= 500;
    }

    private static boolean neverConnected(StripeException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static Charge unconfirmed(PaymentIntent intent) {
        var error = intent.getLastPaymentError();
        return error == null
                ? new Charge.Unpaid("never-confirmed")
                : declined(error, Objects.requireNonNullElse(error.getMessage(), ""));
    }

    private static Charge declined(@Nullable StripeError error, @Nullable String message) {
        var reason = "invalid_request";
        if (error != null) {
            reason = Objects.requireNonNullElse(
                    error.getDeclineCode(), Objects.requireNonNullElse(error.getCode(), reason));
        }
        var intent = error == null ? null : error.getPaymentIntent();
        return new Charge.Declined(
                intent == null ? null : intent.getId(), reason, Objects.requireNonNullElse(message, ""));
    }

    private static String link(PaymentIntent intent) {
        var action = intent.getNextAction();
        var redirect = action == null ? null : action.getRedirectToUrl();
        return redirect == null ? "" : redirect.getUrl();
    }
}
