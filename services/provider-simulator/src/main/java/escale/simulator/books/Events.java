package escale.simulator.books;

import escale.simulator.payments.Change;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;
import escale.simulator.payments.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of the ledger's lines. They are not kept but derived: the id of an event says which line it is of.
 *
 * <p>The id begins with the moment of the ledger's first line, so that a fresh ledger never repeats the event ids of an
 * older one to a merchant who remembers them.
 */
public final class Events {

    private static final String PREFIX = "evt_";
    private static final int MOMENT = 8;
    private static final int RADIX = 36;

    private Events() {}

    /** What one line tells, oldest first. */
    public static List<Event> of(State state, Line line) {
        var told = tell(line.change());
        var events = new ArrayList<Event>(told.size());
        for (int i = 0; i < told.size(); i++) {
            var tale = told.get(i);
            events.add(new Event(
                    id(state, line, i),
                    tale.type(),
                    line.time(),
                    tale.object(),
                    line.answer().requestId(),
                    line.idempotencyKey()));
        }
        return events;
    }

    private record Tale(String type, Resource object) {}

    private static List<Tale> tell(Change change) {
        return switch (change.fact()) {
            case INTENT_UPDATED, ANSWER_STORED -> List.of();
            case INTENT_CREATED -> tales(change, List.of());
            case INTENT_CANCELED -> tales(change, List.of(of("payment_intent.canceled", change.intent())));
            case ACTION_REQUIRED -> tales(change, List.of(of("payment_intent.requires_action", change.intent())));
            case AUTHENTICATION_REFUSED -> tales(change, List.of(of("payment_intent.payment_failed", change.intent())));
            case CHARGE_SUCCEEDED ->
                tales(
                        change,
                        List.of(
                                of("charge.succeeded", change.charge()),
                                of("payment_intent.succeeded", change.intent())));
            case CHARGE_FAILED ->
                tales(
                        change,
                        List.of(
                                of("charge.failed", change.charge()),
                                of("payment_intent.payment_failed", change.intent())));
            case REFUND_SUCCEEDED ->
                List.of(of("refund.created", change.refund()), of("charge.refunded", change.charge()));
            case REFUND_FAILED -> List.of(of("refund.updated", change.refund()), of("refund.failed", change.refund()));
        };
    }

    private static List<Tale> tales(Change change, List<Tale> tales) {
        var intent = change.intent();
        if (!change.opening() || intent == null) {
            return tales;
        }
        return Stream.concat(Stream.of(of("payment_intent.created", intent.asOpened())), tales.stream())
                .toList();
    }

    private static Tale of(String type, @Nullable Resource object) {
        return new Tale(type, Objects.requireNonNull(object));
    }

    private static String id(State state, Line line, int index) {
        var moment = Long.toString(state.lines().getFirst().time().toEpochMilli(), RADIX);
        return PREFIX + moment + Long.toString(line.seq(), RADIX) + Character.forDigit(index, RADIX);
    }

    public static @Nullable Event find(State state, String id) {
        long seq = seq(id);
        if (seq < 1 || seq > state.lines().size()) {
            return null;
        }
        return of(state, state.lines().get((int) seq - 1)).stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static long seq(String id) {
        try {
            return Long.parseLong(id, PREFIX.length() + MOMENT, id.length() - 1, RADIX);
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
            return 0;
        }
    }

    public static Page<Event> page(State state, Paging paging, Predicate<Event> wanted) {
        var lines = state.lines();
        var newer = paging.endingBefore();
        if (newer != null) {
            int from = (int) known(state, newer, "ending_before") - 1;
            var events = IntStream.range(from, lines.size()).boxed().flatMap(i -> of(state, lines.get(i)).stream());
            return Page.take(after(events, newer).filter(covered(paging).and(wanted)), paging);
        }
        var older = paging.startingAfter();
        int from = older == null ? lines.size() - 1 : (int) known(state, older, "starting_after") - 1;
        var events = IntStream.iterate(from, i -> i >= 0, i -> i - 1)
                .boxed()
                .flatMap(i -> of(state, lines.get(i)).reversed().stream());
        var following = older == null ? events : after(events, older);
        return Page.take(following.filter(covered(paging).and(wanted)), paging);
    }

    private static Stream<Event> after(Stream<Event> events, String id) {
        return events.dropWhile(event -> !event.id().equals(id)).skip(1);
    }

    private static Predicate<Event> covered(Paging paging) {
        return event -> paging.covers(event.time().getEpochSecond());
    }

    private static long known(State state, String id, String param) {
        if (find(state, id) == null) {
            throw new InvalidRequest(Refusal.missingReference("event", id, param));
        }
        return seq(id);
    }
}
