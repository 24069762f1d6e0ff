package escale.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Something the support team has to know. What it says names no traveller. */
public sealed interface Alert {

    /** What belongs together: within a thread alerts leave in order, and each kind once. */
    String thread();

    String summary();

    /** The same for machines, by name. */
    Map<String, String> details();

    /** A payment has come to the end of its retries and waits as a dead letter. */
    record PaymentExhausted(UUID bookingId, int chargeNo, int cycle, int attempts, String cause, String proof)
            implements Alert {
        @Override
        public String thread() {
            return "payment/" + bookingId + "/" + chargeNo + "/" + cycle;
        }

        @Override
        public String summary() {
            return "Payment failed after " + (attempts - 1) + " retries";
        }

        @Override
        public Map<String, String> details() {
            return new TreeMap<>(Map.of(
                    "bookingId", bookingId.toString(),
                    "chargeNo", Integer.toString(chargeNo),
                    "cycle", Integer.toString(cycle),
                    "cause", cause,
                    "proof", proof));
        }
    }

    record OutageStarted(UUID outageId, Instant since) implements Alert {
        @Override
        public String thread() {
            return "outage/" + outageId;
        }

        @Override
        public String summary() {
            return "Payment is unavailable: bookings are reserved and paid later";
        }

        @Override
        public Map<String, String> details() {
            return new TreeMap<>(Map.of("outageId", outageId.toString(), "since", since.toString()));
        }
    }

    record OutageEnded(UUID outageId, Instant since, Instant until) implements Alert {
        @Override
        public String thread() {
            return "outage/" + outageId;
        }

        @Override
        public String summary() {
            var lasted = Duration.between(since, until);
            return "Payment is available again after %d min %d s".formatted(lasted.toMinutes(), lasted.toSecondsPart());
        }

        @Override
        public Map<String, String> details() {
            return new TreeMap<>(
                    Map.of("outageId", outageId.toString(), "since", since.toString(), "until", until.toString()));
        }
    }
}
