package escale.drill.load;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What a load is to do.
 *
 * @param rate bookings due per second; unused when the loop is closed
 * @param inFlight 0 for an open loop, else how many bookings are under way at any time
 * @param untilAccepted in a closed loop, whether a booking has ended when it is accepted, or only when it is settled
 * @param people of each booking; 0 for 1 to 4 in turn
 * @param retryFor how long a request without an answer, or told to come back, is sent again under its key
 * @param settle how long the end waits for what was accepted to be settled
 */
public record Plan(
        double rate,
        Duration time,
        long count,
        int inFlight,
        boolean untilAccepted,
        List<UUID> departures,
        int users,
        int people,
        String method,
        int connections,
        Duration retryFor,
        Duration settle) {
    public Plan {
        if (departures.isEmpty()) {
            throw new IllegalArgumentException("There is no departure to book");
        }
        if (users < 1 || connections < 1) {
            throw new IllegalArgumentException("A load needs users and connections");
        }
        departures = List.copyOf(departures);
    }

    /** One seat each, for a drill that counts bookings. */
    public static Plan bookings(double rate, long count, UUID departure) {
        return new Plan(
                rate,
                Duration.ZERO,
                count,
                0,
                false,
                List.of(departure),
                500,
                1,
                "pm_card_visa",
                64,
                Duration.ofSeconds(60),
                Duration.ofSeconds(120));
    }

    public Plan lasting(Duration longer) {
        return new Plan(
                rate,
                longer,
                0,
                inFlight,
                untilAccepted,
                departures,
                users,
                people,
                method,
                connections,
                retryFor,
                settle);
    }

    Pace pace() {
        if (inFlight > 0) {
            return new ClosedLoop(inFlight, count == 0 ? Long.MAX_VALUE : count, time);
        }
        return new OpenLoop(count > 0 ? new Schedule(rate, count) : Schedule.lasting(rate, time));
    }
}
