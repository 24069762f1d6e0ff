package escale.simulator.books;

import escale.simulator.payments.Charge;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refund;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One intent with its charges and refunds and, because the search index lags, its earlier versions. */
final class Dossier {

    // Most payments have one charge and no refund, and a long run has many payments: no room is taken for more.
    private List<String> charges = List.of();
    private List<String> refunds = List.of();
    private Version latest;

    private record Version(
            PaymentIntent intent, Instant since, @Nullable Version before) {}

    Dossier(PaymentIntent intent, Instant since) {
        latest = new Version(intent, since, null);
    }

    PaymentIntent intent() {
        return latest.intent();
    }

    /** The intent as it was at a moment in the past, or null when it did not exist yet. */
    @Nullable
    PaymentIntent asOf(Instant moment) {
        for (Version version = latest; version != null; version = version.before()) {
            if (!version.since().isAfter(moment)) {
                return version.intent();
            }
        }
        return null;
    }

    void revise(PaymentIntent intent, Instant since) {
        latest = new Version(intent, since, latest);
    }

    List<String> charges() {
        return charges;
    }

    void add(Charge charge) {
        charges = with(charges, charge.id());
    }

    List<String> refunds() {
        return refunds;
    }

    void add(Refund refund) {
        refunds = with(refunds, refund.id());
    }

    private static List<String> with(List<String> ids, String id) {
        return ids.contains(id)
                ? ids
                : Stream.concat(ids.stream(), Stream.of(id)).toList();
    }
}
