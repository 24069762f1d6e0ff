package escale.payment;

import escale.messaging.Handler.Handling;
import escale.payment.sql.Claims;
import escale.payment.sql.Results;
import escale.runtime.Failpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;

/**
 * Makes one attempt: claims it, asks first where an earlier try is in doubt, charges, and writes down what came of it
 * together with what happens next. Dying anywhere in between repeats the same attempt under the same key.
 */
@Singleton
public final class ChargePayment {
    private static final Duration PROBE_AGAIN_IN = Duration.ofSeconds(1);

    private final Claims claims;
    private final Results results;
    private final PaymentProvider provider;
    private final Judgement judgement;

    ChargePayment(Claims claims, Results results, PaymentProvider provider, Judgement judgement) {
        this.claims = claims;
        this.results = results;
        this.provider = provider;
        this.judgement = judgement;
    }

    public Handling attempt(Ticket ticket, Origin origin, ProviderBreaker.Call call) {
        return switch (claims.claim(ticket)) {
            case Claim.Over() -> Handling.DONE;
            case Claim.Later(var in) -> new Handling.NotNow(in);
            case Claim.Granted(var payment) -> settle(result(Failpoint.AFTER_CLAIM.passing(payment), call, origin));
        };
    }

    /** Where the fence has moved somebody else has settled the payment, and there is nothing left to do here. */
    private Handling settle(Result result) {
        var stands = Failpoint.AFTER_RESULT.passing(results.record(result));
        return stands && !result.spent() ? new Handling.NotNow(Objects.requireNonNull(result.nextIn())) : Handling.DONE;
    }

    private Result result(Payment claimed, ProviderBreaker.Call call, Origin origin) {
        var tried = mustAskFirst(claimed) ? askThenCharge(claimed) : charge(claimed);
        var payment = tried.payment;
        var answer = tried.answer;
        if (answer instanceof Charge.Paid) {
            Failpoint.AFTER_CHARGE.pass();
        }
        call.answered(answer);
        if (call.isProbe() && ProviderBreaker.isFailure(answer)) {
            return judgement.ofFailedProbe(payment, answer, PROBE_AGAIN_IN, origin);
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

    /** The payment under the key that was used last, and the answer to it. */
    private record Tried(Payment payment, Charge answer) {}

    private Tried charge(Payment payment) {
        var answer = provider.charge(payment);
        // Repeating a request that had no answer showed that its key holds one that says nothing: look, then begin
        // afresh.
        return payment.doubt() == Doubt.SAME_KEY
                        && answer instanceof Charge.Unknown unknown
                        && unknown.doubt() == Doubt.ANSWERED
                ? askThenCharge(payment.inDoubt(Doubt.ANSWERED))
                : new Tried(payment, answer);
    }

    private Tried askThenCharge(Payment payment) {
        var answer = provider.ask(payment);
        if (!(answer instanceof Charge.Unpaid)) {
            return new Tried(payment, answer);
        }
        var afresh = payment.underNewKey();
        return new Tried(afresh, provider.charge(afresh));
    }

    /** Repeating the request under its key asks by itself, unless the key answers nothing any more, or a person began a new cycle. */
    private boolean mustAskFirst(Payment payment) {
        return switch (payment.doubt()) {
            case ANSWERED -> true;
            case SAME_KEY -> !provider.remembersKeyOf(payment);
            case NONE -> payment.cycle() > 1 && payment.attempt() == 1;
        };
    }
}
