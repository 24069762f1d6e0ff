package escale.payment;

import escale.payment.refund.Refunding;
import escale.payment.refund.Refunds;
import escale.payment.sql.Hearsay;
import escale.payment.sql.Results;
import escale.runtime.Failpoint;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Takes a message of the provider as a reason to ask it. The message itself decides nothing, so that one that is forged,
 * repeated, late or out of order can do no harm.
 */
@Singleton
public final class HearProvider {
    private static final Origin ORIGIN = new Origin("webhook", 0, 0);

    private final Database database;
    private final Hearsay hearsay;
    private final Refunds refunds;
    private final Results results;
    private final PaymentProvider provider;
    private final Judgement judgement;

    /** Which event, and what it is about. */
    public sealed interface Notice {
        String eventId();

        record AboutPayment(String eventId, UUID paymentId) implements Notice {}

        record AboutRefund(String eventId, UUID refundId) implements Notice {}
    }

    /** Whether the provider may forget about the message. */
    public sealed interface Outcome {
        record Heard() implements Outcome {}

        /** The order for this payment is still on its way to us. */
        record UnknownPayment() implements Outcome {}

        /** The provider could not be asked, or did not know; or somebody else was at the payment meanwhile. */
        record NotNow() implements Outcome {}
    }

    HearProvider(
            Database database,
            Hearsay hearsay,
            Refunds refunds,
            Results results,
            PaymentProvider provider,
            Judgement judgement) {
        this.database = database;
        this.hearsay = hearsay;
        this.refunds = refunds;
        this.results = results;
        this.provider = provider;
        this.judgement = judgement;
    }

    public Outcome hear(Notice notice) {
        return switch (notice) {
            case Notice.AboutPayment payment -> hear(payment);
            case Notice.AboutRefund refund -> hear(refund);
        };
    }

    /** Only that it came back is news: a refund that is under way is seen through by its rounds. */
    private Outcome hear(Notice.AboutRefund notice) {
        var given = refunds.given(notice.refundId());
        if (given.isEmpty()) {
            return new Outcome.Heard();
        }
        return switch (provider.lookUp(given.get())) {
            case Refunding.Refunded _ -> new Outcome.Heard();
            case Refunding.Open _ -> new Outcome.NotNow();
            case Refunding.Refused(var cause) -> {
                refunds.cameBack(given.get(), cause);
                yield new Outcome.Heard();
            }
        };
    }

    private Outcome hear(Notice.AboutPayment notice) {
        return switch (hearsay.consider(notice)) {
            case Hearsay.TooMany() -> new Outcome.NotNow();
            case Hearsay.Unknown() -> new Outcome.UnknownPayment();
            case Hearsay.NothingOpen() -> new Outcome.Heard();
            case Hearsay.Ask(var payment, var state) -> ask(notice, payment, state);
        };
    }

    private Outcome ask(Notice.AboutPayment notice, Payment payment, State state) {
        var answer = provider.ask(payment);
        if (answer instanceof Charge.Unknown || answer instanceof Charge.NotAttempted) {
            return new Outcome.NotNow();
        }
        var stands = database.transaction(tx -> {
            var result = judgement.ofHearsay(payment, state, answer, ORIGIN);
            var written = result.isEmpty() || results.record(tx, result.get());
            if (written) {
                hearsay.remember(tx, notice);
            }
            return written;
        });
        Failpoint.AFTER_WEBHOOK_COMMIT.pass();
        return stands ? new Outcome.Heard() : new Outcome.NotNow();
    }

    /** One round: payments that wait for the traveller, whose message may have got lost. */
    void askAboutTravellers() {
        for (var payment : hearsay.waitingForTraveller()) {
            var answer = provider.ask(payment);
            judgement.ofHearsay(payment, State.ACTION_REQUIRED, answer, ORIGIN).ifPresent(results::record);
        }
    }
}
