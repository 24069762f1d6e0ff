package escale.notification.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Hangs up when an exchange takes too long: the time-out of a single answer never ends one that drips. One guard for all
 * that is said over a connection, because one for each mail costs more than the mail's own bytes.
 */
final class Watch implements AutoCloseable {
    private static final long IDLE = Long.MIN_VALUE;

    private final Socket socket;
    private final long longest;
    private final Thread guard;
    private volatile long end = IDLE;
    private volatile boolean over;

    private Watch(Socket socket, Duration longest) {
        this.socket = socket;
        this.longest = longest.toNanos();
        this.guard = Thread.ofVirtual().unstarted(this::stand);
    }

    static Watch over(Socket socket, Duration longest) {
        var watch = new Watch(socket, longest);
        watch.guard.start();
        return watch;
    }

    /** From now on until it is done. */
    Exchange exchange() {
        end = System.nanoTime() + longest;
        return () -> end = IDLE;
    }

    /** Something that must come to its end in time. */
    @FunctionalInterface
    interface Exchange extends AutoCloseable {
        @Override
        void close();
    }

    /** Whoever begins while it sleeps has an end later than its waking. */
    private void stand() {
        while (!over) {
            var ends = end;
            var left = ends == IDLE ? longest : ends - System.nanoTime();
            if (left <= 0) {
                hangUp();
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    private void hangUp() {
        try {
            socket.close();
        } catch (IOException gone) {
            // which is what was wanted
        }
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(guard);
    }
}
