package escale.drill;

import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.invariants.Finding;
import escale.drill.invariants.Verdict;
import escale.drill.wire.Addresses;
import escale.drill.world.Quiet;
import escale.drill.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Waits for rest, holds all invariants against the world, and says what came of it. */
final class Prove {
    private final Addresses where;
    private final Clock clock;
    private final PrintWriter out;

    Prove(Addresses where, Clock clock, PrintWriter out) {
        this.where = where;
        this.clock = clock;
        this.out = out;
    }

    /** Whether everything holds. */
    boolean proven(Path log, Duration wait, boolean json) throws InterruptedException {
        var rest = Quiet.await(where, wait, clock);
        var mails = Quiet.awaitMails(where, wait);
        var world = World.read(where, log, clock.instant());
        var verdict = Verdict.over(world);
        if (json) {
            out.println(write(verdict));
        } else {
            if (!rest.none()) {
                out.println("Not at rest after " + wait.toSeconds() + " s: " + rest);
            }
            if (mails > 0) {
                out.println("Mails that have not left, and none has for " + wait.toSeconds() + " s: " + mails);
            }
            show(world, verdict);
        }
        out.flush();
        return verdict.holds();
    }

    private void show(World world, Verdict verdict) {
        var logs = world.logs();
        out.printf(
                "client logs read: %d%s%n",
                logs.files().size(),
                logs.ignored().isEmpty()
                        ? ""
                        : ", of another world and ignored: " + logs.ignored().size());
        for (var finding : verdict.findings()) {
            out.printf(
                    "%-4s %-4s %-28s %s%n",
                    finding.holds() ? "PASS" : "FAIL", finding.id(), finding.sentence(), finding.compared());
            violations(finding);
        }
        out.println(verdict.holds() ? "All invariants hold." : "INVARIANTS ARE BROKEN.");
    }

    private void violations(Finding finding) {
        finding.named().forEach(each -> out.println("       - " + each));
        var more = finding.violations() - finding.named().size();
        if (more > 0) {
            out.println("       - and " + more + " more");
        }
    }

    private static String write(Verdict verdict) {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(verdict);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
