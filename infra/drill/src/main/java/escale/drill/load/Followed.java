package escale.drill.load;

import escale.drill.wire.Heard;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The accepted bookings until they are settled. An event may be heard before the answer that tells which booking is ours,
 * so what nobody knows yet is kept for a while.
 */
final class Followed {
    private static final long EARLY_FOR = TimeUnit.SECONDS.toNanos(30);

    private record Early(Ending ending, long at) {}

    /** Tells how a booking ended, and when, and when it had been due. */
    @FunctionalInterface
    interface Listener {
        void settled(Ending ending, long due, long at);
    }

    private final Listener listener;
    private final ConcurrentHashMap<UUID, Long> open = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Early> early = new ConcurrentHashMap<>();
    private final Set<UUID> retrying = ConcurrentHashMap.newKeySet();

    Followed(Listener listener) {
        this.listener = listener;
    }

    void accepted(UUID booking, long due) {
        open.put(booking, due);
        var known = early.remove(booking);
        if (known != null) {
            settle(booking, known.ending(), known.at());
        }
    }

    /** Accepted without a payment, so that nothing more is to come. */
    void reserved(UUID booking, long due, long at) {
        open.put(booking, due);
        settle(booking, Ending.RESERVED, at);
    }

    void hear(Heard heard) {
        if (heard.type().equals("payment.attempt-failed")) {
            var booking = UUID.fromString(heard.key());
            if (open.containsKey(booking)) {
                retrying.add(booking);
            }
            return;
        }
        var ending = Ending.of(heard.type());
        if (ending == null) {
            return;
        }
        var booking = UUID.fromString(heard.key());
        if (!settle(booking, ending, heard.at())) {
            early.put(booking, new Early(ending, heard.at()));
            if (open.containsKey(booking)) { // the answer came in between
                early.remove(booking);
                settle(booking, ending, heard.at());
            }
        }
    }

    private boolean settle(UUID booking, Ending ending, long at) {
        var due = open.remove(booking);
        if (due == null) {
            return false;
        }
        retrying.remove(booking);
        listener.settled(ending, due, at);
        return true;
    }

    /** Events of bookings that somebody else made. */
    void forgetStrangers(long now) {
        early.values().removeIf(each -> now - each.at() > EARLY_FOR);
    }

    int unsettled() {
        return open.size();
    }

    int retrying() {
        return retrying.size();
    }

    List<UUID> some(int most) {
        return open.keySet().stream().limit(most).toList();
    }
}
