package escale.messaging;

import java.util.HashMap;
import java.util.Map;

/**
 * Records of one key run one after the other: the first of them leads a chain, the others stand behind it. A record
 * without a key belongs to no chain, for there is no order to keep.
 */
final class Chains {
    /** The last record of each chain, behind which the next of its key is to stand. */
    private final Map<String, Slot> tails = new HashMap<>();

    private int followers;

    /** True when others of its key are ahead: the record stands behind them now, and is offered when it is its turn. */
    boolean standsBehind(Slot slot) {
        var key = slot.received.key();
        if (key == null || slot.leads) {
            return false;
        }
        var ahead = tails.get(key);
        if (ahead == null) {
            return false;
        }
        ahead.next = slot;
        tails.put(key, slot);
        followers++;
        return true;
    }

    /** The record starts, for the first time or again: those of its key that come now stand behind it. */
    void lead(Slot slot) {
        var key = slot.received.key();
        if (key != null && !slot.leads) {
            slot.leads = true;
            tails.put(key, slot);
        }
    }

    /** The record is finished with: the next of its key may start, unless its partition has gone elsewhere. */
    void passOn(Slot slot, long now) {
        if (!slot.leads) {
            return;
        }
        slot.leads = false;
        var next = slot.next;
        while (next != null && next.lot.revoked) {
            followers--;
            next = next.next;
        }
        if (next == null) {
            tails.remove(slot.received.key());
        } else {
            followers--;
            next.leads = true;
            next.dueNanos = now;
            next.lot.offerAgain(next);
        }
    }

    boolean haveFollowers() {
        return followers > 0;
    }
}
