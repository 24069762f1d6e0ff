package escale.drill.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Everything that is counted while a load runs. */
public final class Figures {
    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final AtomicLong lastConfirmedAt = new AtomicLong();
    final Latencies accept = new Latencies();
    final Latencies confirm = new Latencies();
    /** Between when a booking was due and when its first request left: for a free connection, or for this machine. */
    final Latencies late = new Latencies();

    Figures() {
        for (var ending : Ending.values()) {
            endings.put(ending, new LongAdder());
        }
    }

    void sent() {
        sent.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void answered(Post post, long nanos) {
        if (post.accepted()) {
            accepted.increment();
            accept.add(nanos);
            return;
        }
        if (post.answer() == null) {
            unanswered.increment();
        } else {
            refused.increment();
        }
        refusals.computeIfAbsent(post.code(), _ -> new LongAdder()).increment();
    }

    void settled(Ending ending, long due, long at) {
        endings.getOrDefault(ending, dead).increment();
        if (ending == Ending.CONFIRMED) {
            confirm.add(at - due);
            lastConfirmedAt.accumulateAndGet(at, Math::max);
        }
    }

    void attemptFailed() {
        failedAttempts.increment();
    }

    void exhausted() {
        dead.increment();
    }

    public long sentSoFar() {
        return sent.sum();
    }

    public long acceptedSoFar() {
        return accepted.sum();
    }

    public long confirmedSoFar() {
        return ended(Ending.CONFIRMED);
    }

    public long ended(Ending ending) {
        return endings.getOrDefault(ending, dead).sum();
    }

    public long failedAttempts() {
        return failedAttempts.sum();
    }

    long lastConfirmedAt() {
        return lastConfirmedAt.get();
    }

    /** The sums up to now, as the first second of everything. */
    Second total(int number, Quantiles accepts, Quantiles confirms, int retrying, int lag) {
        var otherwise = endings.entrySet().stream()
                .filter(each -> each.getKey() != Ending.CONFIRMED)
                .mapToLong(each -> each.getValue().sum())
                .sum();
        return new Second(
                number,
                sent.sum(),
                accepted.sum(),
                refused.sum(),
                unanswered.sum(),
                confirmedSoFar(),
                otherwise,
                dead.sum(),
                retrying,
                lag,
                accepts,
                confirms);
    }

    long repeatedSoFar() {
        return repeated.sum();
    }

    /** How often each kind of refusal was met. */
    Map<String, Long> refusals() {
        var sums = new TreeMap<String, Long>();
        refusals.forEach((code, sum) -> sums.put(code, sum.sum()));
        return sums;
    }

    Map<Ending, Long> endings() {
        var sums = new EnumMap<Ending, Long>(Ending.class);
        endings.forEach((ending, sum) -> sums.put(ending, sum.sum()));
        return sums;
    }
}
