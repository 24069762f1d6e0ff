package escale.local.supervision;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Ports of this machine's loopback interface. */
public final class Port {
    private Port() {}

    /** One nobody listens on right now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart("This machine has no free port on its loopback interface.");
        }
    }

    public static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static void requireFree(List<Integer> ports, String part) {
        for (var port : ports) {
            if (isTaken(port)) {
                throw new CannotStart(
                        "Port %d is taken by another program, so %s cannot listen on it: stop that program, or set ESCALE_PORT_OFFSET=100 to move all ports."
                                .formatted(port, part));
            }
        }
    }
}
