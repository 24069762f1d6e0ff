package escale.simulator;

import escale.simulator.books.Attempt;
import escale.simulator.books.Books;
import escale.simulator.books.Ids;
import escale.simulator.books.Line;
import escale.simulator.books.State;
import escale.simulator.payments.Outcome;
import escale.simulator.payments.RefundCharge;
import escale.simulator.payments.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The bank that returns refunds to pm_card_refundFail, some time after they looked fine. */
final class ReturnRefunds implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ReturnRefunds.class.getName());

    private final Books books;
    private final Duration delay;
    private final ScheduledExecutorService bank = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bank").factory());

    ReturnRefunds(Books books, Duration delay) {
        this.books = books;
        this.delay = delay;
    }

    /** New lines are on disk. */
    void announce(List<Line> lines) {
        lines.stream().filter(ReturnRefunds::willReturn).forEach(this::later);
    }

    private static boolean willReturn(Line line) {
        var refund = line.change().refund();
        var charge = line.change().charge();
        return refund != null
                && !refund.failed()
                && charge != null
                && charge.method().refundsFail();
    }

    private void later(Line line) {
        var refund = line.subject().id();
        var _ = bank.schedule(() -> giveBack(refund), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes up what an earlier run had not come to. */
    void resume() {
        books.ask(state ->
                        state.lines().stream().filter(ReturnRefunds::willReturn).toList())
                .forEach(this::later);
    }

    private void giveBack(String refundId) {
        try {
            books.post(Attempt.ofBank(Ids.request()), (state, _) -> decide(state, refundId), null);
            books.settle(books.position());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "refund " + refundId + " could not be returned", e);
        }
    }

    @Override
    public void close() {
        bank.shutdownNow();
    }

    private static Outcome decide(State state, String refundId) {
        var refund = state.findRefund(refundId);
        var charge = refund == null ? null : state.findCharge(refund.charge());
        if (refund != null && charge != null && !refund.failed()) {
            return new Outcome.Posted(RefundCharge.returned(charge, refund));
        }
        return new Outcome.Refused(Refusal.apiError(500, "There is nothing to return."), null);
    }
}
