package escale.local;

import escale.local.supervision.CannotStart;
import escale.local.supervision.Port;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who listens where.
 *
 * @param offset added to every port, so that two systems can run side by side
 */
record Ports(int offset) {
    static Ports fromEnvironment() {
        var offset = Optional.ofNullable(System.getenv("ESCALE_PORT_OFFSET")).orElse("0");
        try {
            var ports = new Ports(Integer.parseInt(offset));
            if (ports.offset < 0 || ports.offset > 40_000) {
                throw new CannotStart("ESCALE_PORT_OFFSET must be 0 to 40000, not " + offset + ".");
            }
            return ports;
        } catch (NumberFormatException e) {
            throw new CannotStart("ESCALE_PORT_OFFSET must be a number, not '" + offset + "'.");
        }
    }

    int postgresql() {
        return 15432 + offset;
    }

    int kafka() {
        return 19092 + offset;
    }

    int smtp() {
        return 12525 + offset;
    }

    int mails() {
        return 18025 + offset;
    }

    int provider() {
        return 8090 + offset;
    }

    int providerControl() {
        return 8091 + offset;
    }

    int booking() {
        return 8081 + offset;
    }

    int payment() {
        return 8082 + offset;
    }

    int notification() {
        return 8083 + offset;
    }

    List<Integer> all() {
        var doors = List.of(booking(), payment(), notification());
        return Stream.of(
                        Stream.of(postgresql(), kafka(), smtp(), mails(), provider(), providerControl()),
                        doors.stream(),
                        doors.stream().map(Ports::management))
                .flatMap(each -> each)
                .toList();
    }

    boolean areFree() {
        return all().stream().noneMatch(Port::isTaken);
    }

    /** Probes and metrics listen a thousand ports above the door of the first instance. */
    static int management(int door) {
        return door + 1000;
    }
}
