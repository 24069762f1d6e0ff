package escale.messaging;

import escale.messaging.Handler.Handling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides which record starts when: not before it is due, not before the one ahead of it under its key, not without a
 * permit, not through a shut gate, and no partition at the cost of the others. Only the poll thread enters; time comes
 * in as an argument.
 */
final class Dispatcher {
    private final Intake intake;
    private final Gate gate;
    private final Map<TopicPartition, Lot> lots = new LinkedHashMap<>();
    private final Map<String, Queue<Slot>> chains = new HashMap<>();
    private int running;
    private int followers;
    private int turn;
    private boolean starved;
    private boolean shut;

    Dispatcher(Intake intake, Gate gate) {
        this.intake = intake;
        this.gate = gate;
    }

    void assigned(TopicPartition partition) {
        lots.put(
                partition,
                new Lot(partition, Objects.requireNonNull(intake.delays().get(partition.topic()))));
    }

    /** The wait ends at timestamp + delay, but is never longer than the delay from now, whatever the clocks say. */
    void fetched(Received received, long nowMillis, long now) {
        var lot = Objects.requireNonNull(lots.get(new TopicPartition(received.topic(), received.partition())));
        var delay = lot.delay.toMillis();
        var wait = Math.clamp(received.record().timestamp() + delay - nowMillis, 0, delay);
        lot.fetched(new Slot(received, lot, now + Duration.ofMillis(wait).toNanos()));
    }

    /** One record per partition and round, beginning one further each time, until nothing more can start. */
    List<Slot> start(long now) {
        starved = false;
        shut = false;
        var begun = new ArrayList<Slot>();
        var order = new ArrayList<>(lots.values());
        boolean progress;
        do {
            progress = false;
            for (var i = 0; i < order.size() && !shut; i++) {
                progress |= startNext(order.get((i + turn) % order.size()), now, begun);
            }
            turn++;
        } while (progress && !shut);
        return begun;
    }

    private boolean startNext(Lot lot, long now, List<Slot> begun) {
        var slot = lot.due(now);
        if (slot == null) {
            return false;
        }
        var chain = chains.get(slot.chain);
        if (chain != null && !slot.holdsChain) {
            lot.take(slot);
            chain.add(slot);
            followers++;
            return true;
        }
        var limit = lot.delay.isZero() ? intake.inFlight() - intake.reserved() : intake.inFlight();
        if (running >= limit) {
            starved = true;
            return false;
        }
        if (!gate.enter()) {
            shut = true;
            return false;
        }
        lot.take(slot);
        slot.holdsChain = true;
        chains.computeIfAbsent(slot.chain, key -> new ArrayDeque<>());
        running++;
        lot.running++;
        begun.add(slot);
        return true;
    }

    /** The handler has returned. */
    void completed(Slot slot, Handling handling, long now) {
        running--;
        slot.lot.running--;
        switch (handling) {
            case Handling.Done() -> {
                slot.done = true;
                passChainOn(slot, now);
            }
            case Handling.NotNow(var after) -> {
                if (slot.lot.revoked) {
                    passChainOn(slot, now);
                } else {
                    slot.dueNanos = now + after.toNanos();
                    slot.lot.offerAgain(slot);
                }
            }
        }
    }

    /** The next record of the same key may start. */
    private void passChainOn(Slot slot, long now) {
        var chain = Objects.requireNonNull(chains.get(slot.chain));
        while (true) {
            var next = chain.poll();
            if (next == null) {
                chains.remove(slot.chain);
                return;
            }
            followers--;
            if (!next.lot.revoked) {
                next.holdsChain = true;
                next.dueNanos = now;
                next.lot.offerAgain(next);
                return;
            }
        }
    }

    /** Whether the end of a running record would let another one start. */
    boolean waitsForCompletion() {
        return starved || followers > 0 || lots.values().stream().anyMatch(Lot::windowIsFull);
    }

    /** When to look again, if nothing else happens: at the next due time, or soon while the gate is shut. */
    Duration untilNext(long now, Duration longest, Duration whileShut) {
        var nanos = shut ? whileShut.toNanos() : longest.toNanos();
        for (var lot : lots.values()) {
            var untilDue = lot.nanosUntilDue(now);
            if (untilDue > 0) { // what is due already waits for a permit or the gate, not for time
                nanos = Math.min(nanos, untilDue);
            }
        }
        return Duration.ofNanos(nanos);
    }

    /** Partitions whose fetching should stop, or go on again, since the last time. */
    List<TopicPartition> toPause() {
        return switchFetching(true);
    }

    List<TopicPartition> toResume() {
        return switchFetching(false);
    }

    private List<TopicPartition> switchFetching(boolean pause) {
        var changed = new ArrayList<TopicPartition>();
        for (var lot : lots.values()) {
            if (lot.paused != pause && lot.hasWaiting() == pause) {
                lot.paused = pause;
                changed.add(lot.partition);
            }
        }
        return changed;
    }

    Map<TopicPartition, OffsetAndMetadata> progress(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var lot = lots.get(partition);
            var offset = lot == null ? -1 : lot.progress();
            if (offset >= 0) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }
        return offsets;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var lot = lots.get(partition);
            if (lot != null) {
                lot.committed(offset.offset());
            }
        });
    }

    /** From now on nothing of these partitions starts; what runs may finish. */
    void revoke(Collection<TopicPartition> partitions, long now) {
        for (var partition : partitions) {
            var lot = lots.get(partition);
            if (lot != null) {
                lot.revoke().forEach(held -> passChainOn(held, now));
            }
        }
    }

    boolean busy(Collection<TopicPartition> partitions) {
        return partitions.stream().map(lots::get).anyMatch(lot -> lot != null && lot.running > 0);
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(lots::remove);
    }

    Collection<TopicPartition> partitions() {
        return List.copyOf(lots.keySet());
    }

    int running() {
        return running;
    }

    int held(String topic) {
        return lots.values().stream()
                .filter(lot -> lot.partition.topic().equals(topic))
                .mapToInt(Lot::size)
                .sum();
    }

    /** Fetched and not finished. */
    int held() {
        return lots.values().stream().mapToInt(Lot::size).sum();
    }
}
