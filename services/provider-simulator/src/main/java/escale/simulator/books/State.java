package escale.simulator.books;

import escale.simulator.payments.Change;
import escale.simulator.payments.Charge;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refund;
import escale.simulator.payments.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines of the ledger add up to. Only {@link #apply} changes it, for new lines as for those of an earlier run. */
public final class State {

    private final List<Line> lines = new ArrayList<>();
    private final Shelf<Dossier> intents =
            new Shelf<>("payment_intent", dossier -> dossier.intent().created());
    private final Shelf<Charge> charges = new Shelf<>("charge", Charge::created);
    private final Shelf<Refund> refunds = new Shelf<>("refund", Refund::created);
    private final Map<String, Totals> totals = new TreeMap<>();

    void apply(Line line) {
        lines.add(line);
        var change = line.change();
        switch (change.fact()) {
            case ANSWER_STORED -> {}
            case INTENT_CREATED,
                    INTENT_UPDATED,
                    INTENT_CANCELED,
                    ACTION_REQUIRED,
                    AUTHENTICATION_REFUSED,
                    CHARGE_FAILED -> file(change, line.time());
            case CHARGE_SUCCEEDED -> {
                file(change, line.time());
                count(line, Totals::plusCharge);
            }
            case REFUND_SUCCEEDED -> {
                file(change, line.time());
                count(line, Totals::plusRefund);
            }
            case REFUND_FAILED -> {
                file(change, line.time());
                count(line, Totals::plusReturned);
            }
        }
    }

    private interface Addition {
        Totals add(Totals totals, long amount);
    }

    private void count(Line line, Addition addition) {
        var amount = line.amount();
        var currency = line.currency();
        if (currency != null && amount != null) {
            totals.put(currency, addition.add(totals.getOrDefault(currency, Totals.NOTHING), amount));
        }
    }

    private void file(Change change, Instant time) {
        var intent = change.intent();
        var charge = change.charge();
        var refund = change.refund();
        if (intent != null) {
            var known = intents.get(intent.id());
            if (known == null) {
                intents.put(intent.id(), new Dossier(intent, time));
            } else {
                known.revise(intent, time);
            }
        }
        if (charge != null) {
            charges.put(charge.id(), charge);
            dossier(charge.intent()).add(charge);
        }
        if (refund != null) {
            refunds.put(refund.id(), refund);
            dossier(refund.intent()).add(refund);
        }
    }

    private Dossier dossier(String intentId) {
        var dossier = intents.get(intentId);
        if (dossier == null) {
            throw new InvalidRequest(Refusal.notFound("payment_intent", intentId, "intent"));
        }
        return dossier;
    }

    public PaymentIntent intent(String id) {
        return dossier(id).intent();
    }

    public @Nullable PaymentIntent findIntent(String id) {
        var dossier = intents.get(id);
        return dossier == null ? null : dossier.intent();
    }

    public @Nullable Charge findCharge(String id) {
        return charges.get(id);
    }

    public @Nullable Refund findRefund(String id) {
        return refunds.get(id);
    }

    public Page<PaymentIntent> intents(Paging paging, Predicate<PaymentIntent> wanted) {
        var page = intents.page(paging, dossier -> wanted.test(dossier.intent()));
        return new Page<>(page.items().stream().map(Dossier::intent).toList(), page.more());
    }

    /** The charges of one intent, or all. */
    public Page<Charge> charges(@Nullable String intentId, Paging paging) {
        return (intentId == null ? charges : chargesOf(intentId)).page(paging, _ -> true);
    }

    private Shelf<Charge> chargesOf(String intentId) {
        var own = new Shelf<>("charge", Charge::created);
        var dossier = intents.get(intentId);
        if (dossier != null) {
            dossier.charges().forEach(id -> put(own, id, charges.get(id)));
        }
        return own;
    }

    /** The refunds of one intent, or all. */
    public Page<Refund> refunds(@Nullable String intentId, Paging paging, Predicate<Refund> wanted) {
        return (intentId == null ? refunds : refundsOf(intentId)).page(paging, wanted);
    }

    private Shelf<Refund> refundsOf(String intentId) {
        var own = new Shelf<>("refund", Refund::created);
        var dossier = intents.get(intentId);
        if (dossier != null) {
            dossier.refunds().forEach(id -> put(own, id, refunds.get(id)));
        }
        return own;
    }

    private static <T> void put(Shelf<T> shelf, String id, @Nullable T item) {
        if (item != null) {
            shelf.put(id, item);
        }
    }

    /** The search index: what it found would have been true some time ago. */
    public List<PaymentIntent> search(Predicate<PaymentIntent> wanted, Instant asOf, int limit) {
        return intents.newestFirst()
                .flatMap(dossier -> Stream.ofNullable(dossier.asOf(asOf)))
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    public List<Line> lines() {
        return lines;
    }

    public Map<String, Totals> totals() {
        return Map.copyOf(totals);
    }

    public int countIntents() {
        return intents.size();
    }
}
