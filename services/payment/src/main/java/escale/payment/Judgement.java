package escale.payment;

import escale.messaging.RetryLadder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of the provider means for the payment: settled, tried again, or left to people. Each answer after which
 * money may have moved keeps the key and the doubt; only a proof that it has not lets the next try begin afresh.
 */
@Singleton
final class Judgement {
    private static final Duration CONFIRM_WITHIN = Duration.ofMinutes(30);

    private final RetryLadder ladder;
    private final Telling telling;

    Judgement(RetryLadder ladder, Telling telling) {
        this.ladder = ladder;
        this.telling = telling;
    }

    boolean isLast(Payment payment) {
        return payment.attempt() >= ladder.attempts();
    }

    Result of(Payment payment, Charge answer, Origin origin) {
        var about = telling.about(payment, origin);
        return switch (answer) {
            case Charge.Paid(var id) ->
                settled(payment, State.PAID, id, "paid", null, origin, new PaymentEvent.Succeeded(about, id));
            case Charge.ActionRequired(var id, var link) ->
                settled(
                        payment,
                        State.ACTION_REQUIRED,
                        id,
                        "action-required",
                        null,
                        origin,
                        new PaymentEvent.ActionRequired(
                                about, link, telling.now().plus(CONFIRM_WITHIN)));
            case Charge.Declined(var id, var reason, var message) ->
                settled(
                        payment,
                        State.DECLINED,
                        id,
                        "declined",
                        reason,
                        origin,
                        new PaymentEvent.Declined(about, reason, message));
            case Charge.Unpaid(var cause) -> failed(payment.underNewKey(), Doubt.NONE, "unpaid", cause, origin);
            case Charge.Unknown(var cause, var doubt) -> failed(payment, doubt, "unknown", cause, origin);
            case Charge.NotAttempted(var cause, var retryAfter) ->
                notSpent(payment, payment.doubt(), retryAfter, cause, origin);
        };
    }

    /** It failed, but was no attempt: a question, or a call to find out whether the provider is back. The payment pays nothing. */
    Result unspent(Payment payment, Charge answer, Duration retryAfter, Origin origin) {
        return switch (answer) {
            case Charge.Unknown(var cause, var doubt) -> notSpent(payment, doubt, retryAfter, cause, origin);
            case Charge.NotAttempted _, Charge.Unpaid _, Charge.Paid _, Charge.Declined _, Charge.ActionRequired _ ->
                of(payment, answer, origin);
        };
    }

    /** The last attempt has failed and the provider was asked once more. */
    Result ofTheEnd(Payment payment, Charge last, Origin origin) {
        return switch (last) {
            case Charge.Unpaid(var cause) ->
                ended(payment.underNewKey(), State.FAILED, Doubt.NONE, cause, PaymentEvent.Proof.UNPAID, origin);
            case Charge.Unknown(var cause, var doubt) ->
                ended(payment, State.UNPROVEN, doubt, cause, PaymentEvent.Proof.UNKNOWN, origin);
            case Charge.NotAttempted no ->
                ended(payment, State.UNPROVEN, payment.doubt(), no.cause(), PaymentEvent.Proof.UNKNOWN, origin);
            case Charge.Paid _, Charge.Declined _, Charge.ActionRequired _ -> of(payment, last, origin);
        };
    }

    /** Taken back, and the provider was told to cancel: empty where it still does not say what became of the money. */
    Optional<Result> ofTakenBack(Payment payment, Charge answer, Origin origin) {
        return switch (answer) {
            case Charge.Paid _ -> Optional.of(of(payment, answer, origin));
            case Charge.Unpaid _, Charge.Declined _ -> {
                var event = new PaymentEvent.Cancelled(telling.about(payment, origin));
                yield Optional.of(settled(payment, State.CANCELLED, null, "cancelled", null, origin, event));
            }
            case Charge.Unknown _, Charge.NotAttempted _, Charge.ActionRequired _ -> Optional.empty();
        };
    }

    /** The provider was asked because it said something: empty where nothing is settled by what it tells. */
    Optional<Result> ofHearsay(Payment payment, State state, Charge answer, Origin origin) {
        return switch (answer) {
            case Charge.Paid _ -> Optional.of(of(payment, answer, origin));
            case Charge.Declined _ -> open(state) ? Optional.of(of(payment, answer, origin)) : Optional.empty();
            case Charge.Unpaid(var cause) ->
                state == State.ACTION_REQUIRED
                        ? Optional.of(of(payment, new Charge.Declined(null, cause, ""), origin))
                        : Optional.empty();
            case Charge.ActionRequired _, Charge.Unknown _, Charge.NotAttempted _ -> Optional.empty();
        };
    }

    /** Nobody else brings an answer about it. */
    private static boolean open(State state) {
        return switch (state) {
            case ACTION_REQUIRED, UNPROVEN -> true;
            case WAITING, ATTEMPTING, PAID, DECLINED, CANCELLED, FAILED -> false;
        };
    }

    private Result settled(
            Payment payment,
            State state,
            @Nullable String providerId,
            String outcome,
            @Nullable String cause,
            Origin origin,
            PaymentEvent event) {
        return new Result(
                payment,
                state,
                true,
                Doubt.NONE,
                providerId,
                null,
                outcome,
                cause,
                origin,
                List.of(telling.booking(payment, event)));
    }

    private Result failed(Payment payment, Doubt doubt, String outcome, String cause, Origin origin) {
        var rung = ladder.after(payment.attempt()).orElseThrow();
        var about = telling.about(payment, origin);
        var failure =
                new PaymentEvent.AttemptFailed(about, cause, about.occurredAt().plus(rung.delay()));
        return new Result(
                payment,
                State.WAITING,
                true,
                doubt,
                null,
                rung.delay(),
                outcome,
                cause,
                origin,
                List.of(
                        telling.booking(payment, failure),
                        telling.retry(payment, payment.attempt() + 1, rung.topic(), rung.delay())));
    }

    private Result notSpent(Payment payment, Doubt doubt, Duration retryAfter, String cause, Origin origin) {
        return new Result(
                payment, State.WAITING, false, doubt, null, retryAfter, "not-attempted", cause, origin, List.of());
    }

    private Result ended(
            Payment payment, State state, Doubt doubt, String cause, PaymentEvent.Proof proof, Origin origin) {
        var exhausted = new PaymentEvent.Exhausted(telling.about(payment, origin), cause, payment.attempt(), proof);
        return new Result(
                payment,
                state,
                true,
                doubt,
                null,
                null,
                "exhausted",
                cause,
                origin,
                List.of(telling.booking(payment, exhausted), telling.deadLetter(payment, cause, origin)));
    }
}
