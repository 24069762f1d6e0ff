package escale.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** A TCP port of this machine's loopback interface. */
public final class Port {
    private static final Duration RELEASE = Duration.ofSeconds(10);

    private Port() {}

    /**
     * A port nobody listens on right now; somebody else may still be faster, so starting on it can fail. The system gives
     * none that outgoing connections use, as a number drawn at random may be a moment later.
     */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("This machine has no free port on its loopback interface.", e);
        }
    }

    /** A server that was killed holds its port for some moments after it has left the list of processes. */
    static void awaitRelease(int port) {
        Child.becomesTrue(
                () -> {
                    try {
                        listenAndLeave(port);
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                RELEASE);
    }

    /** Says early, and in words, what the server itself would only say in its log. */
    static void requireFree(int port, String server) {
        try {
            listenAndLeave(port);
        } catch (IOException e) {
            throw new StartFailure(
                    "Port %d is taken by another program, so %s cannot listen on it: stop that program or choose another port."
                            .formatted(port, server),
                    e);
        }
    }

    private static void listenAndLeave(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
