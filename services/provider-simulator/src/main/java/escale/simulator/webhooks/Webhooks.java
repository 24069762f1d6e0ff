package escale.simulator.webhooks;

import escale.simulator.books.Books;
import escale.simulator.books.Event;
import escale.simulator.books.Events;
import escale.simulator.books.Line;
import escale.simulator.books.State;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.payments.Charge;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refund;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns new ledger lines into deliveries: the events of a line in order and once, or late, twice and reversed, as is
 * switched on. Like the real one, it promises no order between lines.
 */
public final class Webhooks {

    /**
     * The real one is not faster either. Many in a row cost sender and receiver much less than one now and then, which
     * finds every cache cold: this machine is there to measure others.
     */
    private static final Duration GATHERING = Duration.ofMillis(250);

    /** How many lines one thread tells one after the other. */
    private static final int BURST = 32;

    private static final Duration REORDERING = Duration.ofMillis(300);
    private static final Duration WORTH_TELLING = Duration.ofDays(3);

    private final Books books;
    private final FaultSwitch faults;
    private final Endpoints endpoints;
    private final Sender sender;
    private final Map<String, List<Delivery>> held = new HashMap<>();
    private final List<Line> gathered = new ArrayList<>();

    public Webhooks(Books books, FaultSwitch faults, Endpoints endpoints, Sender sender) {
        this.books = books;
        this.faults = faults;
        this.endpoints = endpoints;
        this.sender = sender;
    }

    /** New lines are on disk. */
    public void announce(List<Line> lines) {
        if (!endpoints.any()) {
            return;
        }
        boolean first;
        synchronized (gathered) {
            first = gathered.isEmpty();
            gathered.addAll(lines);
        }
        if (first) {
            sender.runLater(GATHERING, this::tellGathered);
        }
    }

    private void tellGathered() {
        List<Line> lines;
        synchronized (gathered) {
            lines = List.copyOf(gathered);
            gathered.clear();
        }
        for (var from = 0; from < lines.size(); from += BURST) {
            var burst = lines.subList(from, Math.min(from + BURST, lines.size()));
            sender.run(() -> burst.forEach(this::tell));
        }
    }

    private void tell(Line line) {
        var deliveries = new ArrayList<Delivery>();
        for (var event : books.ask(state -> told(state, line))) {
            deliveries.addAll(endpoints.deliveries(event));
        }
        if (deliveries.isEmpty()) {
            return;
        }
        var switches = faults.faults().webhooks();
        if (switches.twice()) {
            deliveries.addAll(List.copyOf(deliveries));
        }
        sender.expect(deliveries);
        var wait = Duration.ofMillis(switches.lateMs());
        if (switches.reversed()) {
            hold(deliveries, wait.plus(REORDERING));
        } else if (wait.isZero()) {
            sender.send(deliveries);
        } else {
            sender.runLater(wait, () -> sender.send(deliveries));
        }
    }

    private static List<Event> told(State state, Line line) {
        return state.lines().isEmpty() ? List.of() : Events.of(state, line); // wiped meanwhile
    }

    /** Keeps what is told of one payment for a moment, and tells it from its end. */
    private void hold(List<Delivery> deliveries, Duration moment) {
        var payment = payment(deliveries.getFirst().event());
        synchronized (held) {
            var waiting = held.get(payment);
            if (waiting != null) {
                waiting.addAll(deliveries);
                return;
            }
            held.put(payment, new ArrayList<>(deliveries));
        }
        sender.runLater(moment, () -> sender.send(let(payment).reversed()));
    }

    private List<Delivery> let(String payment) {
        synchronized (held) {
            var waiting = held.remove(payment);
            return waiting == null ? List.of() : waiting;
        }
    }

    private static String payment(Event event) {
        return switch (event.object()) {
            case PaymentIntent intent -> intent.id();
            case Charge charge -> charge.intent();
            case Refund refund -> refund.intent();
        };
    }

    /** Goes on with what an earlier run could not get heard. */
    public void resume(WebhookLog log) {
        var worthIt = books.now().minus(WORTH_TELLING);
        List<Event> untold = books.ask(state -> state.lines().stream()
                .filter(line -> line.announced() && line.time().isAfter(worthIt))
                .flatMap(line -> Events.of(state, line).stream())
                .toList());
        for (var event : untold) {
            var deliveries = endpoints.deliveries(event).stream()
                    .filter(delivery ->
                            !log.wasSettled(event, delivery.endpoint().url()))
                    .toList();
            sender.expect(deliveries);
            sender.run(() -> sender.send(deliveries));
        }
    }

    /** Sends an event once more, now, and says what each endpoint answered (0: nothing). */
    public Map<String, Integer> redeliver(Event event) {
        var statuses = new LinkedHashMap<String, Integer>();
        for (var endpoint : endpoints.registered()) {
            statuses.put(endpoint.url().toString(), sender.sendNow(new Delivery(event, endpoint, 1)));
        }
        return statuses;
    }
}
