package escale.simulator.control;

import escale.simulator.api.Traffic;
import escale.simulator.books.Books;
import escale.simulator.webhooks.Sender;
import escale.simulator.wire.JsonOut;

/** The answer of {@code /stats}: calls since the process began, money since the ledger began. */
public final class Figures {

    private final Books books;
    private final Traffic traffic;
    private final Sender sender;

    public Figures(Books books, Traffic traffic, Sender sender) {
        this.books = books;
        this.traffic = traffic;
        this.sender = sender;
    }

    byte[] json() {
        var totals = books.ask(state -> state.totals());
        int intents = books.ask(state -> state.countIntents());
        return JsonOut.document(out -> out.object(
                        "calls",
                        calls -> traffic.calls().forEach((kind, count) -> calls.field(kind.wire(), count.sum())))
                .object(
                        "faults",
                        faults -> traffic.faults().forEach((kind, count) -> faults.field(kind.wire(), count.sum())))
                .field("replays", traffic.replays())
                .field("inFlight", traffic.inFlight())
                .field("maxConcurrent", traffic.maxConcurrent())
                .field("paymentIntents", intents)
                .object(
                        "currencies",
                        currencies -> totals.forEach((currency, sum) -> currencies.object(
                                currency,
                                sums -> sums.field("charges", sum.charges())
                                        .field("charged", sum.charged())
                                        .field("refunds", sum.refunds())
                                        .field("refunded", sum.refunded())
                                        .field("refundsReturned", sum.returned())
                                        .field("net", sum.net()))))
                .object(
                        "ledger",
                        ledger -> ledger.field("lines", books.position()).field("fsyncs", books.syncs()))
                .object(
                        "webhooks",
                        webhooks -> webhooks.field("heard", sender.heard())
                                .field("unheard", sender.unheard())
                                .field("pendingEvents", sender.pendingEvents())));
    }
}
