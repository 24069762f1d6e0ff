package escale.messaging;

import escale.messaging.Handler.Handling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private final Chains chains = new Chains();
    /** The lots in the order in which they are asked for a record, and the one to ask next. */
    private List<Lot> round = List.of();

    private int turn;
    private int running;
    private int runningUndelayed;
    private boolean starved;
    private boolean shut;

    Dispatcher(Intake intake, Gate gate) {
        this.intake = intake;
        this.gate = gate;
    }

    void assigned(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var delay = Objects.requireNonNull(intake.delays().get(partition.topic()));
            lots.put(partition, new Lot(partition, delay));
        }
        round = List.copyOf(lots.values());
    }

    /** The wait ends at timestamp + delay, but is never longer than the delay from now, whatever the clocks say. */
    void fetched(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records, long nowMillis, long now) {
        var lot = Objects.requireNonNull(lots.get(partition));
        var delay = lot.delay.toMillis();
        for (var record : records) {
            var wait = Math.clamp(record.timestamp() - nowMillis + delay, 0, delay);
            lot.fetched(new Slot(new Received(record), lot, now + TimeUnit.MILLISECONDS.toNanos(wait)));
        }
    }

    /** One record per partition and round, until nobody has another that can start; next time it goes on from there. */
    List<Slot> start(long now) {
        starved = false;
        shut = false;
        var begun = new ArrayList<Slot>();
        var askedInVain = 0;
        while (askedInVain < round.size() && !shut) {
            turn = (turn + 1) % round.size();
            askedInVain = startNext(round.get(turn), now, begun) ? 0 : askedInVain + 1;
        }
        return begun;
    }

    private boolean startNext(Lot lot, long now, List<Slot> begun) {
        var slot = lot.due(now);
        if (slot == null) {
            return false;
        }
        if (chains.standsBehind(slot)) {
            lot.take(slot, now);
            return true;
        }
        if (!hasPermit(lot)) {
            starved = true;
            return false;
        }
        if (!gate.enter()) {
            shut = true;
            return false;
        }
        lot.take(slot, now);
        chains.lead(slot);
        count(lot, 1);
        begun.add(slot);
        return true;
    }

    /** What is not delayed leaves the reserved permits alone, but shares all others with what is. */
    private boolean hasPermit(Lot lot) {
        return running < intake.inFlight() && (lot.delayed || runningUndelayed < intake.inFlight() - intake.reserved());
    }

    private void count(Lot lot, int change) {
        running += change;
        runningUndelayed += lot.delayed ? 0 : change;
        lot.running += change;
    }

    /** The handler has returned. */
    void completed(Slot slot, Handling handling, long now) {
        count(slot.lot, -1);
        switch (handling) {
            case Handling.Done() -> {
                slot.done = true;
                slot.lot.advance();
                chains.passOn(slot, now);
            }
            case Handling.NotNow(var after) -> {
                if (slot.lot.revoked) {
                    chains.passOn(slot, now);
                } else {
                    slot.dueNanos = now + after.toNanos();
                    slot.lot.offerAgain(slot);
                }
            }
        }
    }

    /** Whether the end of a running record may let another one start. */
    boolean waitsForCompletion() {
        return starved || shut || chains.haveFollowers() || round.stream().anyMatch(Lot::windowIsFull);
    }

    /**
     * When to look again, if nothing else happens: at the next due time, or soon while the gate is shut. In whole
     * milliseconds, as poll takes no others: a rest of one would have it return at once, again and again.
     */
    Duration untilNext(long now, Duration longest, Duration whileShut) {
        var nanos = shut ? whileShut.toNanos() : longest.toNanos();
        for (var lot : round) {
            var untilDue = lot.nanosUntilDue(now);
            if (untilDue > 0) { // what is due already waits for a permit or the gate, not for time
                nanos = Math.min(nanos, untilDue);
            }
        }
        return Duration.ofMillis(Math.ceilDiv(nanos, 1_000_000));
    }

    /** Partitions whose fetching should stop, since the last time. */
    List<TopicPartition> toPause() {
        return switchFetching(true);
    }

    /** Partitions whose fetching should go on again, since the last time. */
    List<TopicPartition> toResume() {
        return switchFetching(false);
    }

    boolean somePaused() {
        return round.stream().anyMatch(lot -> lot.paused);
    }

    private List<TopicPartition> switchFetching(boolean pause) {
        var changed = new ArrayList<TopicPartition>(0);
        for (var lot : round) {
            if (lot.paused != pause && lot.wantsPause() == pause) {
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
                lot.revoke().forEach(held -> chains.passOn(held, now));
            }
        }
    }

    boolean busy(Collection<TopicPartition> partitions) {
        return partitions.stream().map(lots::get).anyMatch(lot -> lot != null && lot.running > 0);
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(lots::remove);
        round = List.copyOf(lots.values());
    }

    Collection<TopicPartition> partitions() {
        return List.copyOf(lots.keySet());
    }

    int running() {
        return running;
    }

    /** Fetched and not finished, of one topic. */
    int held(String topic) {
        return round.stream()
                .filter(lot -> lot.partition.topic().equals(topic))
                .mapToInt(Lot::size)
                .sum();
    }

    /** How long the oldest record that has begun is unfinished: it keeps back what is committed of its partition. */
    Duration oldest(long now) {
        return Duration.ofNanos(round.stream()
                .mapToLong(lot -> lot.nanosSinceFrontier(now))
                .max()
                .orElse(0));
    }

    /** Fetched and not finished. */
    int held() {
        return round.stream().mapToInt(Lot::size).sum();
    }
}
