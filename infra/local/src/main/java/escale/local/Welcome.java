package escale.local;

import escale.local.demo.DemoTour;
import escale.local.supervision.Part;
import escale.local.supervision.Postgresql;
import escale.local.supervision.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What people are told once everything runs: where it is, and how to book a first tour. */
final class Welcome {
    private final Ports ports;
    private final List<String> names;

    Welcome(Ports ports, List<Part> parts) {
        this.ports = ports;
        this.names = parts.stream().map(Part::name).toList();
    }

    List<String> lines(Duration took) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Escale is up after " + Seconds.of(took) + ".");
        if (names.contains(Roster.BOOKING)) {
            places().lines().forEach(lines::add);
            firstSteps().lines().forEach(lines::add);
        }
        lines.add("");
        lines.add("./escale status shows what runs, ./escale help what else there is.");
        return lines;
    }

    private String places() {
        return """

                  bookings   http://localhost:%d/v1/bookings
                  payments   http://localhost:%d/v1/payments
                  mails      http://localhost:%d
                  provider   http://localhost:%d/stats
                  database   jdbc:postgresql://localhost:%d/booking (user booking, password %s)
                  kafka      localhost:%d""".formatted(
                        ports.booking(),
                        ports.payment(),
                        ports.mails(),
                        ports.providerControl(),
                        ports.postgresql(),
                        Postgresql.password(Roster.BOOKING),
                        ports.kafka());
    }

    private String firstSteps() {
        return """

                Book two seats of "%1$s" as Claire, from this folder:

                  BOOKING=$(curl -s http://localhost:%2$d/v1/bookings -H "Authorization: Bearer $(./escale token)" \\
                    -H "Idempotency-Key: $RANDOM$RANDOM" -H "Content-Type: application/json" \\
                    -d '{"departureId":"%3$s","people":2,"paymentMethod":"pm_card_visa"}' \\
                    | tee /dev/stderr | sed 's/.*"bookingId":"\\([^"]*\\)".*/\\1/')

                Watch it settle (Ctrl-C ends the watching):

                  curl -sN http://localhost:%2$d/v1/bookings/$BOOKING/stream -H "Authorization: Bearer $(./escale token)"

                Then break the payment provider with ./escale fault down, and book again.""".formatted(DemoTour.MONTMARTRE.title(), ports.booking(), DemoTour.MONTMARTRE.departureId(1));
    }
}
