package escale.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A TCP port of this machine's loopback interface. */
final class Port {
    private Port() {}

    /** A port nobody listens on right now; somebody else may still be faster, so starting on it can fail. */
    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("This machine has no free port on its loopback interface.", e);
        }
    }

    /** Says early, and in words, what the server itself would only say in its log. */
    static void requireFree(int port, String server) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartFailure(
                    "Port %d is taken by another program, so %s cannot listen on it: stop that program or choose another port."
                            .formatted(port, server),
                    e);
        }
    }
}
