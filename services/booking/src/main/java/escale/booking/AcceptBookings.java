package escale.booking;

import escale.booking.sql.Acceptance;
import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.runtime.Failpoint;
import escale.runtime.Stage;
import escale.sql.Database;
import escale.sql.DatabaseFault;
import escale.sql.Lane;
import escale.sql.Lanes;
import escale.sql.Transaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes bookings, many in one short transaction: while a lane's batch is in the database its next one gathers, so that
 * a hot departure costs one lock per batch, and a lone request waits for nobody.
 */
@Singleton
public final class AcceptBookings implements Stage {
    private static final int LANES = 4;
    private static final int CAPACITY = 1_024;
    private static final int LARGEST_BATCH = 256;

    private final Database database;
    private final Acceptance acceptance;
    private final Outbox outbox;
    private final Telling telling;
    private final PayLater payLater;
    private final Clock clock;
    private final int seatsPerTraveller;
    private final Lanes<BookingRequest, Outcome> lanes;
    private final MeterRegistry metrics;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean open;

    AcceptBookings(
            Database database,
            Acceptance acceptance,
            Outbox outbox,
            Telling telling,
            PayLater payLater,
            Clock clock,
            BookingSettings settings,
            MeterRegistry metrics) {
        this.database = database;
        this.acceptance = acceptance;
        this.outbox = outbox;
        this.telling = telling;
        this.payLater = payLater;
        this.clock = clock;
        this.seatsPerTraveller = settings.seatsPerTraveller();
        this.lanes = new Lanes<>("bookings", LANES, CAPACITY, LARGEST_BATCH, this::acceptAll);
        this.metrics = metrics;
        Gauge.builder("escale.bookings.waiting", waiting, AtomicInteger::get)
                .description("Requests in the lanes, gathering or in the database")
                .register(metrics);
    }

    /** The same departure always takes the same lane. */
    public Outcome accept(BookingRequest request) {
        if (!open) {
            return counted(new Outcome.Busy());
        }
        waiting.incrementAndGet();
        try {
            return counted(lanes.submit(request.departureId(), request));
        } catch (Lane.Full _) {
            return counted(new Outcome.Busy());
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Outcome counted(Outcome outcome) {
        metrics.counter("escale.bookings", "outcome", name(outcome)).increment();
        return outcome;
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> "accepted";
            case Outcome.Replayed _ -> "replayed";
            case Outcome.SoldOut _ -> "sold-out";
            case Outcome.UnknownDeparture _ -> "unknown-departure";
            case Outcome.DepartureLeft _ -> "departure-left";
            case Outcome.TooManySeats _ -> "too-many-seats";
            case Outcome.KeyReused _ -> "key-reused";
            case Outcome.Busy _ -> "busy";
        };
    }

    /** Decided anew until no key was used by somebody else between the reading and the writing. */
    private List<Outcome> acceptAll(List<BookingRequest> requests) {
        while (true) {
            try {
                return Failpoint.AFTER_ACCEPT_COMMIT.passing(database.transaction(tx -> accept(tx, requests)));
            } catch (DatabaseFault fault) {
                if (!fault.contradicts(Acceptance.KEY)) {
                    throw fault;
                } // otherwise the booking that was first can be read now
            }
        }
    }

    List<Outcome> accept(Transaction tx, List<BookingRequest> requests) throws SQLException {
        var facts = acceptance.lock(tx, requests, seatsPerTraveller > 0);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var outcomes = Seating.decide(requests, facts, seatsPerTraveller, now, payLater.holds());
        var seated = new ArrayList<Acceptance.Seated>(requests.size());
        var events = new ArrayList<Event>(2 * requests.size());
        for (var i = 0; i < requests.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Accepted(var booking)) {
                seated.add(new Acceptance.Seated(requests.get(i), booking));
                events.addAll(telling.accepted(booking, requests.get(i)));
            }
        }
        if (!seated.isEmpty()) {
            acceptance.insert(tx, seated);
            outbox.add(tx, events);
        }
        return outcomes;
    }

    @Override
    public Phase phase() {
        return Phase.DOOR;
    }

    @Override
    public String name() {
        return "bookings";
    }

    @Override
    public void start() {
        open = true;
    }

    /** Who comes now is sent to another instance; who is in a lane is answered, and told by the relay behind. */
    @Override
    public void stop() {
        open = false;
        lanes.close();
    }
}
