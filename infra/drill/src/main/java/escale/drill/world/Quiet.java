package escale.drill.world;

import escale.drill.wire.Addresses;
import escale.drill.wire.Groups;
import escale.drill.wire.Unreachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Waits until the machines have nothing left to do, because only then must everything add up. */
public final class Quiet {
    private static final long PAUSE_MILLIS = 250;
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(30);

    /** What is still to be done. */
    public record Rest(long bookings, long payments, long untold, long unread) {
        public boolean none() {
            return bookings + payments + untold + unread == 0;
        }

        @Override
        public String toString() {
            return "%d bookings and %d payments on their way, %d events untold, %d unread"
                    .formatted(bookings, payments, untold, unread);
        }
    }

    private Quiet() {}

    /** Returns what is left when nothing is, or when the time is over. */
    public static Rest await(Addresses where, Duration atMost, InstantSource businessTime) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        try (var groups = new Groups(where.kafka())) {
            var rest = rest(where, groups, businessTime);
            while (!rest.none() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                rest = rest(where, groups, businessTime);
            }
            return rest;
        }
    }

    /** Returns how many mails have still to leave: none, or those of which none has left for so long. */
    public static long awaitMails(Addresses where, Duration standstill) throws InterruptedException {
        var draining = new Draining(standstill);
        var rows = new MailRows(where.notifications());
        var mails = rows.toLeave();
        while (draining.lasts(mails, System.nanoTime())) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            mails = rows.toLeave();
        }
        return mails;
    }

    /** Returns when booking can book them all. */
    public static void awaitDepartures(Addresses where, List<UUID> departures) throws InterruptedException {
        var deadline = System.nanoTime() + PUBLISHED_WITHIN.toNanos();
        var rows = new BookingRows(where.bookings());
        while (!rows.know(departures)) {
            if (System.nanoTime() > deadline) {
                throw new Unreachable(
                        "Booking has not heard of the drill's tour within " + PUBLISHED_WITHIN.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static Rest rest(Addresses where, Groups groups, InstantSource businessTime) {
        var bookings = new BookingRows(where.bookings());
        var payments = new PaymentRows(where.payments());
        return new Rest(
                bookings.moving(businessTime.instant()),
                payments.moving(),
                bookings.untold() + payments.untold(),
                groups.lags().stream().mapToLong(Groups.Lag::behind).sum());
    }
}
