package escale.simulator.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Holds the switches, and decides for every call whether a fault strikes it: rules first, then chance. */
public final class FaultSwitch {

    private final Faults healthy;
    private volatile Faults faults;
    private List<FaultRule> rules;
    private SplittableRandom chance;

    /**
     * The fate of one call.
     *
     * @param kind what goes wrong; null when nothing does
     * @param latency how long its answer takes at least
     */
    public record Fate(@Nullable FaultKind kind, Duration latency) {}

    public FaultSwitch(Faults healthy) {
        this.healthy = healthy;
        this.faults = healthy;
        this.rules = new ArrayList<>(healthy.rules());
        this.chance = new SplittableRandom(healthy.seed());
    }

    public Faults healthy() {
        return healthy;
    }

    /** The switches as they were set. */
    public Faults faults() {
        return faults;
    }

    /** The same, with what each rule has done so far. */
    public synchronized Faults counted() {
        return faults.with(rules);
    }

    public synchronized void set(Faults changed) {
        faults = changed;
        rules = new ArrayList<>(changed.rules());
        chance = new SplittableRandom(changed.seed());
    }

    public Fate fate(Subject subject) {
        var now = faults;
        if (now.rules().isEmpty() && now.errorRate() == 0 && now.latencyJitterMs() == 0) {
            return new Fate(null, Duration.ofMillis(now.latencyMs())); // the usual case needs no lock
        }
        return drawn(subject);
    }

    private synchronized Fate drawn(Subject subject) {
        int jitter = faults.latencyJitterMs();
        var latency = Duration.ofMillis(faults.latencyMs() + (jitter == 0 ? 0 : chance.nextInt(jitter + 1)));
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (!rule.spent() && rule.match().covers(subject)) {
                rules.set(i, rule.struck());
                return new Fate(rule.kind(), latency);
            }
        }
        if (faults.errorRate() > 0 && chance.nextDouble() < faults.errorRate()) {
            var kinds = faults.errorKind();
            return new Fate(kinds.get(chance.nextInt(kinds.size())), latency);
        }
        return new Fate(null, latency);
    }
}
