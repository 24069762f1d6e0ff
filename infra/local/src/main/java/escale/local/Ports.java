package escale.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

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

    /** Probes and metrics listen a thousand ports above the door of the first instance. */
    static int management(int door) {
        return door + 1000;
    }

    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart("This machine has no free port on its loopback interface.");
        }
    }

    static void requireFree(List<Integer> ports, String part) {
        for (var port : ports) {
            if (isTaken(port)) {
                throw new CannotStart(
                        ("Port %d is taken by another program, so %s cannot listen on it: stop that program,"
                                        + " or set ESCALE_PORT_OFFSET=100 to move all ports.")
                                .formatted(port, part));
            }
        }
    }

    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
