package escale.local;

import escale.local.supervision.Part;
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
        lines.add("");
        if (names.contains(Roster.MAIL)) {
            lines.add("  mails      http://localhost:" + ports.mails());
        }
        return lines;
    }
}
