package escale.simulator.api;

import escale.simulator.faults.CallKind;
import escale.simulator.faults.FaultKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls since the start of the process. */
public final class Traffic {

    private final Map<CallKind, LongAdder> calls = new EnumMap<>(CallKind.class);
    private final Map<FaultKind, LongAdder> faults = new EnumMap<>(FaultKind.class);
    private final LongAdder replays = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public Traffic() {
        for (var kind : CallKind.values()) {
            calls.put(kind, new LongAdder());
        }
        for (var kind : FaultKind.values()) {
            faults.put(kind, new LongAdder());
        }
    }

    void enter() {
        int now = inFlight.incrementAndGet();
        if (now > most.get()) {
            most.accumulateAndGet(now, Math::max);
        }
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    void count(CallKind call, @Nullable FaultKind fault, boolean replayed) {
        increment(calls.get(call));
        if (fault != null) {
            increment(faults.get(fault));
        }
        if (replayed) {
            replays.increment();
        }
    }

    private static void increment(@Nullable LongAdder adder) {
        if (adder != null) {
            adder.increment();
        }
    }

    public Map<CallKind, LongAdder> calls() {
        return calls;
    }

    public Map<FaultKind, LongAdder> faults() {
        return faults;
    }

    public long replays() {
        return replays.sum();
    }

    public int inFlight() {
        return inFlight.get();
    }

    public int maxConcurrent() {
        return most.get();
    }
}
