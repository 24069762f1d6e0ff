package escale.payment;

import escale.messaging.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to: the row it leaves in the ledger, the line in the history, and what is told, all written in
 * one transaction, if the claim's fence still stands.
 *
 * @param payment as claimed, under the key the next try is to use
 * @param spent whether the attempt counts
 * @param nextIn when the next one may be made; null when none will be
 * @param outcome one word for the history
 */
public record Result(
        Payment payment,
        State state,
        boolean spent,
        Doubt doubt,
        @Nullable String providerId,
        @Nullable Duration nextIn,
        String outcome,
        @Nullable String cause,
        Origin origin,
        List<Event> events) {

    public int attemptsSpent() {
        return spent ? payment.attempt() : payment.attempt() - 1;
    }

    /** How many versions of the payment these events make. */
    public int told() {
        return (int) events.stream()
                .filter(event -> event.topic().equals(Telling.TOPIC))
                .count();
    }
}
