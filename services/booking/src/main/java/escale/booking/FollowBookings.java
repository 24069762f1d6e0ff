package escale.booking;

import escale.booking.sql.BookingViews;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Shows changed bookings to those who follow them here, wherever they were changed. */
@Singleton
public final class FollowBookings {
    private final BookingViews bookings;
    private final ConcurrentHashMap<UUID, Set<Consumer<Booking>>> followers = new ConcurrentHashMap<>();

    FollowBookings(BookingViews bookings) {
        this.bookings = bookings;
    }

    /** From now on; what the booking is at present has to be read afterwards, so that nothing falls in between. */
    public void follow(UUID id, Consumer<Booking> follower) {
        followers.compute(id, (_, others) -> {
            var all = others == null ? ConcurrentHashMap.<Consumer<Booking>>newKeySet() : others;
            all.add(follower);
            return all;
        });
    }

    public void leave(UUID id, Consumer<Booking> follower) {
        followers.computeIfPresent(id, (_, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    /** Something was told about the booking. Returns at once: nearly always nobody here follows it. */
    public void changed(UUID id) {
        if (followers.containsKey(id)) {
            Thread.startVirtualThread(() -> show(id));
        }
    }

    private void show(UUID id) {
        var booking = bookings.find(id);
        booking.ifPresent(now -> followers.getOrDefault(id, Set.of()).forEach(follower -> follower.accept(now)));
    }
}
