package escale.payment;

import escale.messaging.Handler.Handling;
import escale.payment.sql.Claims;
import escale.payment.sql.NewKeys;
import escale.payment.sql.Results;
import escale.runtime.Failpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes one attempt: claims it, asks first where an earlier try is in doubt, charges, and writes down what came of it
 * together with what happens next. Dying anywhere in between repeats the same attempt under the key that was used last:
 * a new one is written down before it is used.
 */
@Singleton
public final class ChargePayment {
    private static final Duration AGAIN_IN = Duration.ofSeconds(1);

    /** A question that nobody answers for so long spends attempts after all, so that it ends before people. */
    private static final Duration ASK_AT_MOST = Duration.ofMinutes(30);

    private final Claims claims;
    private final NewKeys newKeys;
    private final Results results;
    private final PaymentProvider provider;
    private final Judgement judgement;
    private final CallWindow window;

    ChargePayment(
            Claims claims,
            NewKeys newKeys,
            Results results,
            PaymentProvider provider,
            Judgement judgement,
            CallWindow window) {
        this.claims = claims;
        this.newKeys = newKeys;
        this.results = results;
        this.provider = provider;
        this.judgement = judgement;
        this.window = window;
    }

    public Handling attempt(Ticket ticket, Origin origin, ProviderBreaker.Call call) {
        var open = window.open();
        return switch (claims.claim(ticket)) {
            case Claim.Over() -> Handling.DONE;
            case Claim.Later(var in) -> new Handling.NotNow(in);
            case Claim.Granted(var payment) ->
                result(Failpoint.AFTER_CLAIM.passing(payment), open, call, origin)
                        .map(this::settle)
                        .orElse(new Handling.NotNow(AGAIN_IN));
        };
    }

    /** Where the fence has moved somebody else has settled the payment, and there is nothing left to do here. */
    private Handling settle(Result result) {
        var stands = Failpoint.AFTER_RESULT.passing(results.record(result));
        return stands && !result.spent() ? new Handling.NotNow(Objects.requireNonNull(result.nextIn())) : Handling.DONE;
    }

    /** Empty where the claim was lost, or may have been, before anything was charged: the next one will tell. */
    private Optional<Result> result(Payment claimed, CallWindow.Open open, ProviderBreaker.Call call, Origin origin) {
        var mustAsk = mustAskFirst(claimed);
        if (mustAsk && call.isProbe() && !isAlive(call)) {
            return Optional.of(judgement.of(claimed, new Charge.NotAttempted("no-sign-of-life", AGAIN_IN), origin));
        }
        return (mustAsk ? askThenCharge(claimed) : charge(claimed, open, call))
                .map(tried -> judge(tried, call, origin));
    }

    /** A question may take many calls, and fails with any of them; whether the provider is back one call shows. */
    private boolean isAlive(ProviderBreaker.Call probe) {
        var alive = provider.answers();
        probe.answered(alive);
        return alive;
    }

    private Result judge(Tried tried, ProviderBreaker.Call call, Origin origin) {
        var payment = tried.payment;
        var answer = tried.answer;
        if (answer instanceof Charge.Paid) {
            Failpoint.AFTER_CHARGE.pass();
        }
        call.answered(answer);
        var isAttempt = !call.isProbe() && (tried.charged || payment.isInDoubtFor(ASK_AT_MOST));
        if (!isAttempt && ProviderBreaker.isFailure(answer)) {
            return judgement.unspent(payment, answer, AGAIN_IN, origin);
        }
        return switch (answer) {
            case Charge.Unpaid _
            when judgement.isLast(payment) -> judgement.ofTheEnd(payment, provider.giveUp(payment), origin);
            case Charge.Unknown unknown
            when judgement.isLast(payment) ->
                judgement.ofTheEnd(payment, provider.giveUp(payment.inDoubt(unknown.doubt())), origin);
            case Charge.Paid _,
                    Charge.ActionRequired _,
                    Charge.Declined _,
                    Charge.Unpaid _,
                    Charge.Unknown _,
                    Charge.NotAttempted _ -> judgement.of(payment, answer, origin);
        };
    }

    /** The payment under the key that was used last, the answer to it, and whether more was done than ask. */
    private record Tried(Payment payment, Charge answer, boolean charged) {}

    private Optional<Tried> charge(Payment payment, CallWindow.Open open, ProviderBreaker.Call call) {
        return inTime(payment, open)
                .flatMap(charged -> !call.isProbe() && keyAnswersNothing(charged)
                        ? askThenCharge(payment.inDoubt(Doubt.ANSWERED))
                        : Optional.of(charged));
    }

    /** Repeating a request that had no answer showed that its key holds one that says nothing: look, then begin afresh. */
    private static boolean keyAnswersNothing(Tried charged) {
        return charged.payment.doubt() == Doubt.SAME_KEY
                && charged.answer instanceof Charge.Unknown unknown
                && unknown.doubt() == Doubt.ANSWERED;
    }

    private Optional<Tried> askThenCharge(Payment payment) {
        var answer = provider.ask(payment);
        var open = window.open();
        return answer instanceof Charge.Unpaid
                ? newKeys.begin(payment).flatMap(afresh -> inTime(afresh, open))
                : Optional.of(new Tried(payment, answer, false));
    }

    private Optional<Tried> inTime(Payment payment, CallWindow.Open open) {
        return open.isOver() ? Optional.empty() : Optional.of(new Tried(payment, provider.charge(payment), true));
    }

    /** Repeating the request under its key asks by itself, unless the key answers nothing any more. */
    private boolean mustAskFirst(Payment payment) {
        return switch (payment.doubt()) {
            case ANSWERED -> true;
            case SAME_KEY -> !provider.remembersKeyOf(payment);
            case NONE -> false;
        };
    }
}
