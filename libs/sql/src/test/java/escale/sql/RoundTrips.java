package escale.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a driver and its server and counts how often the driver waited for an answer. */
final class RoundTrips implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final AtomicInteger trips = new AtomicInteger();

    RoundTrips(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    int count() {
        return trips.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                var answered = new AtomicBoolean();
                pump(client, upstream, () -> answered.set(false));
                pump(upstream, client, () -> {
                    if (answered.compareAndSet(false, true)) {
                        trips.incrementAndGet();
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to, Runnable seen) {
        Thread.ofVirtual().start(() -> {
            var buffer = new byte[64 * 1024];
            try (from;
                    to) {
                for (var n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    seen.run();
                    to.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException gone) {
                // the other direction ends with it
            }
        });
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
