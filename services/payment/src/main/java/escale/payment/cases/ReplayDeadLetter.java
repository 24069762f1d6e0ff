package escale.payment.cases;

import static java.util.stream.Collectors.toMap;

import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.messaging.RetryLadder;
import escale.payment.Payment;
import escale.payment.State;
import escale.payment.Telling;
import escale.payment.cases.Casework.After;
import escale.payment.refund.Refunds;
import escale.runtime.Trace;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tries dead letters again. A charge begins a new cycle, whose first attempt asks the provider before it charges; a
 * refund gets a new key; a record that could not be read is put back where it came from. State, audit and ticket are one
 * transaction, so replaying twice charges once.
 */
@Singleton
public final class ReplayDeadLetter {
    private static final After NOTHING_TO_TRY =
            new After.Refused("not-replayable", "There is nothing in this record that could be tried");
    private static final After UNDER_WAY = new After.Refused("payment-being-verified", "It is being tried already");
    private static final After SETTLED = new After.Refused("already-settled", "The payment has been settled");

    private final Casework casework;
    private final Cycles cycles;
    private final Refunds refunds;
    private final Outbox outbox;
    private final RetryLadder ladder;
    private final Telling telling;

    ReplayDeadLetter(
            Casework casework, Cycles cycles, Refunds refunds, Outbox outbox, RetryLadder ladder, Telling telling) {
        this.casework = casework;
        this.cycles = cycles;
        this.refunds = refunds;
        this.outbox = outbox;
        this.ladder = ladder;
        this.telling = telling;
    }

    /** With another card, if one is given. */
    public Acted replay(UUID id, int seen, @Nullable String method, Deed deed) {
        return casework.actOnAll(id, seen, deed, (tx, letters) -> again(tx, letters, method, deed.trace()));
    }

    /**
     * Many, as a step of something greater.
     *
     * @param seen the version each case had when it was decided to replay it
     */
    public Map<UUID, Acted> replay(Transaction tx, Map<UUID, Integer> seen, Deed deed) throws SQLException {
        return casework.actOnAll(tx, seen, deed, (same, letters) -> again(same, letters, null, deed.trace()));
    }

    private Map<UUID, After> again(Transaction tx, List<DeadLetter> letters, @Nullable String method, Trace trace)
            throws SQLException {
        var after = new HashMap<UUID, After>();
        var charges = new ArrayList<DeadLetter>();
        var givenBack = new ArrayList<DeadLetter>();
        var records = new ArrayList<Event>();
        for (var letter : letters) {
            switch (letter.status()) {
                case REPLAYING -> after.put(letter.id(), UNDER_WAY);
                case SETTLED, DISCARDED -> after.put(letter.id(), SETTLED);
                case OPEN -> {
                    if (letter.refundId() == null && letter.payment() != null) {
                        charges.add(letter);
                    } else if (method != null) {
                        after.put(letter.id(), new After.Refused("not-a-charge", "This case is not about a charge"));
                    } else if (letter.refundId() != null) {
                        givenBack.add(letter);
                    } else if (letter.key() == null || letter.payload() == null) {
                        after.put(letter.id(), NOTHING_TO_TRY);
                    } else {
                        // If it still cannot be read it comes back as another case.
                        records.add(record(letter, trace));
                        after.put(letter.id(), After.status(letter, DeadLetter.Status.SETTLED));
                    }
                }
            }
        }
        outbox.add(tx, records);
        chargeAgain(tx, charges, method, after);
        giveBackAgain(tx, givenBack, after);
        return after;
    }

    private void chargeAgain(Transaction tx, List<DeadLetter> letters, @Nullable String method, Map<UUID, After> after)
            throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        var ids = letters.stream().map(ReplayDeadLetter::paymentId).toArray(UUID[]::new);
        var begun = cycles.begin(tx, ids, method).stream()
                .collect(toMap(payment -> payment.order().paymentId(), payment -> payment));
        outbox.add(tx, begun.values().stream().map(this::firstTicket).toList());
        var states = begun.size() == ids.length ? Map.<UUID, State>of() : cycles.states(tx, ids);
        for (var letter : letters) {
            var id = paymentId(letter);
            after.put(
                    letter.id(),
                    begun.containsKey(id)
                            ? After.status(letter, DeadLetter.Status.REPLAYING)
                            : without(letter, states.get(id)));
        }
    }

    /** No cycle began. Where the payment has been settled meanwhile, so is the case: there is nothing left to try. */
    private static After without(DeadLetter letter, @Nullable State state) {
        return switch (state) {
            case null -> NOTHING_TO_TRY;
            case WAITING, ATTEMPTING -> UNDER_WAY;
            case PAID, DECLINED, ACTION_REQUIRED, CANCELLED -> After.status(letter, DeadLetter.Status.SETTLED);
            case FAILED, UNPROVEN -> SETTLED; // taken back, and about to be cancelled at the provider
        };
    }

    private Event firstTicket(Payment payment) {
        var rung = ladder.rungs().getFirst();
        return telling.retry(payment, 1, rung.topic(), rung.delay());
    }

    private void giveBackAgain(Transaction tx, List<DeadLetter> letters, Map<UUID, After> after) throws SQLException {
        var begun = refunds.again(tx, letters.stream().map(DeadLetter::refundId).toArray(UUID[]::new));
        for (var letter : letters) {
            after.put(
                    letter.id(),
                    begun.contains(letter.refundId()) ? After.status(letter, DeadLetter.Status.REPLAYING) : SETTLED);
        }
    }

    private static Event record(DeadLetter letter, Trace trace) {
        return new Event(
                letter.origin().topic(),
                Objects.requireNonNull(letter.key()),
                letter.type(),
                Objects.requireNonNull(letter.payload()),
                trace);
    }

    private static UUID paymentId(DeadLetter letter) {
        return Objects.requireNonNull(letter.payment()).paymentId();
    }
}
