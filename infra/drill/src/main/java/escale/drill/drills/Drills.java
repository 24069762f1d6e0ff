package escale.drill.drills;

import escale.drill.wire.Addresses;
import escale.drill.wire.Tokens;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All drills, by name. */
public final class Drills {
    private final Map<String, Drill> byName = new LinkedHashMap<>();

    public Drills(Wanted wanted) {
        byName.put("happy", new Happy());
        byName.put("decline", new Decline());
        byName.put("ladder", new Ladder());
        byName.put("redrive", new Redrive(wanted));
        byName.put("hot-seat", new HotSeat(wanted));
        byName.put("crash-after-charge", new CrashAfterCharge());
        byName.put("kill", new KillUnderLoad(wanted));
        byName.put("scale", new ScaleWorkers(wanted));
        byName.put("outage", new Outage(wanted));
        byName.put("pay-later", new PayLater(wanted));
        byName.put("late-money", new LateMoney());
        byName.put("chaos", new Chaos(wanted));
    }

    /** What each shows. */
    public Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        byName.forEach((name, drill) -> all.put(name, drill.shows()));
        return all;
    }

    /** Plays it; whether everything was as expected. */
    public boolean play(
            String name,
            Addresses where,
            Tokens tokens,
            String run,
            Clock clock,
            InstantSource businessTime,
            PrintWriter out)
            throws Exception {
        @Nullable Drill drill = byName.get(name);
        if (drill == null) {
            throw new IllegalArgumentException("There is no drill '" + name + "'");
        }
        var stage = new Stage(where, tokens, run, clock, businessTime, out);
        stage.say("DRILL " + name + ": " + drill.shows());
        drill.play(stage);
        return stage.asExpected();
    }
}
