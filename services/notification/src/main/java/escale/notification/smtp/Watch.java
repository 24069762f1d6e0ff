package escale.notification.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Hangs up when a conversation takes too long: the time-out of a single answer never ends one that drips. */
final class Watch implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread guard;

    private Watch(Socket socket, Duration longest) {
        var end = System.nanoTime() + longest.toNanos();
        guard = Thread.startVirtualThread(() -> {
            for (var left = longest.toNanos(); left > 0 && !over.get(); left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (over.compareAndSet(false, true)) {
                hangUp(socket);
            }
        });
    }

    static Watch over(Socket socket, Duration longest) {
        return new Watch(socket, longest);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // which is what was wanted
        }
    }

    @Override
    public void close() {
        over.set(true);
        LockSupport.unpark(guard);
    }
}
