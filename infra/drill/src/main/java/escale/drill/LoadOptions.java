package escale.drill;

import escale.drill.load.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What kind of load is wanted. */
final class LoadOptions {
    private static final int MANY_SEATS = 1_000_000_000;
    private static final int SEVERAL = 100;
    private static final int FEWEST_TRAVELLERS = 500;
    private static final int SEATS_PER_TRAVELLER = 40;
    private static final int LARGEST_PARTY = 4;
    private static final double FASTEST = 3_000;

    @Option(names = "--rate", description = "Bookings per second (default ${DEFAULT-VALUE})", defaultValue = "100")
    private double rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long (default ${DEFAULT-VALUE})",
            defaultValue = "60s")
    private Duration time = Duration.ZERO;

    @Option(names = "--count", description = "So many bookings instead")
    private long count;

    @Option(
            names = "--saturate",
            paramLabel = "N",
            description = "A closed loop instead: N bookings under way at any time, to find the ceiling")
    private int saturate;

    @Option(names = "--until-accepted", description = "With --saturate: the next booking follows an answer, not an end")
    private boolean untilAccepted;

    @Option(
            names = "--fault",
            paramLabel = "SHARE",
            converter = Spans.Share.class,
            description = "This share of the provider's calls fails while the load runs, as in --fault 10%%")
    private double fault;

    @Option(names = "--latency", paramLabel = "TIME", description = "How long the provider takes to answer")
    private @Nullable Duration latency;

    @Option(names = "--hot", description = "One departure for everybody, instead of a hundred")
    private boolean hot;

    @Option(
            names = "--departure",
            paramLabel = "ID",
            split = ",",
            description = "These departures, instead of new ones")
    private List<UUID> departures = List.of();

    @Option(names = "--seats", description = "Seats of each new departure (default: more than anybody wants)")
    private int seats = MANY_SEATS;

    @Option(names = "--users", description = "Travellers (default: so many that none holds too many seats)")
    private int users;

    @Option(names = "--people", description = "Of each booking (default: 1 to 4 in turn)")
    private int people;

    @Option(
            names = "--method",
            description = "Payment method (default ${DEFAULT-VALUE})",
            defaultValue = "pm_card_visa")
    private String method = "";

    @Option(names = "--connections", description = "To booking (default ${DEFAULT-VALUE})", defaultValue = "64")
    private int connections;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            description = "Send a request again that got no answer or a 503 (default ${DEFAULT-VALUE})",
            defaultValue = "0s")
    private Duration retryFor = Duration.ZERO;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "Wait so long at the end for what was accepted (default ${DEFAULT-VALUE})",
            defaultValue = "60s")
    private Duration settle = Duration.ZERO;

    Plan plan(List<UUID> where) {
        return new Plan(
                rate,
                time,
                count,
                saturate,
                untilAccepted,
                where,
                users > 0 ? users : enoughTravellers(where.size()),
                people,
                method,
                connections,
                retryFor,
                settle);
    }

    /** Booking lets nobody hold more than so many seats of a departure. */
    private int enoughTravellers(int ofDepartures) {
        var bookings = count > 0 ? count : Math.round((saturate > 0 ? FASTEST : rate) * time.toSeconds());
        return (int) Math.max(FEWEST_TRAVELLERS, bookings * LARGEST_PARTY / SEATS_PER_TRAVELLER / ofDepartures);
    }

    /** Those that were named; empty when the load is to publish its own. */
    List<UUID> named() {
        return departures;
    }

    int ownDepartures() {
        return hot ? 1 : SEVERAL;
    }

    int seats() {
        return seats;
    }

    /** The switches of the provider for the run, as its control port takes them; empty when none is wanted. */
    String faults() {
        if (fault == 0 && latency == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "{\"errorRate\":%.4f%s}",
                fault,
                latency == null ? "" : ",\"latencyMs\":" + latency.toMillis());
    }

    String title() {
        return saturate > 0
                ? "Load, %d bookings under way".formatted(saturate)
                : String.format(Locale.ROOT, "Load, %.0f bookings/s", rate);
    }

    List<String> conditions() {
        return List.of(
                saturate > 0
                        ? "closed loop, %d %s"
                                .formatted(saturate, untilAccepted ? "requests at any time" : "unsettled at any time")
                        : String.format(Locale.ROOT, "open loop, %.1f bookings due per second", rate),
                count > 0 ? count + " bookings" : time.toSeconds() + " s",
                departures.isEmpty() ? ownDepartures() + " departures of its own" : departures.size() + " departures",
                enoughTravellers(departures.isEmpty() ? ownDepartures() : departures.size()) + " travellers, "
                        + connections + " connections, " + method,
                faults().isEmpty() ? "provider as it was" : "provider " + faults());
    }
}
