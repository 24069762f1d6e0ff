package escale.payment.redrive;

import escale.payment.ProviderBreaker;
import escale.payment.cases.Acted;
import escale.payment.cases.Deed;
import escale.payment.cases.ReplayDeadLetter;
import escale.payment.redrive.Pace.Health;
import escale.payment.redrive.Pace.Move;
import escale.payment.sql.Outages;
import escale.runtime.Failpoint;
import escale.sql.Database;
import escale.sql.Transaction;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the next step of a redrive: hears what came of the letters before, decides, and replays some more or ends it. A
 * step is one transaction that holds the redrive's row, calls nobody, and so is taken by one instance or not at all.
 */
@Singleton
public final class ContinueRedrive {
    private static final Logger log = LoggerFactory.getLogger(ContinueRedrive.class);

    /** The rate is per second, and each step replays what a second allows. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Database database;
    private final Redrives redrives;
    private final RedriveLetters letters;
    private final ReplayDeadLetter replay;
    private final Outages outages;
    private final ProviderBreaker breaker;
    private final String instance;

    ContinueRedrive(
            Database database,
            Redrives redrives,
            RedriveLetters letters,
            ReplayDeadLetter replay,
            Outages outages,
            ProviderBreaker breaker,
            @Value("${escale.instance}") String instance) {
        this.database = database;
        this.redrives = redrives;
        this.letters = letters;
        this.replay = replay;
        this.outages = outages;
        this.breaker = breaker;
        this.instance = instance;
    }

    /** One round: a step of whatever is due. */
    public void round() {
        var stepped = database.transaction(tx -> {
            var due = redrives.due(tx);
            if (due.isPresent()) {
                step(tx, due.get());
            }
            return due;
        });
        stepped.ifPresent(_ -> Failpoint.REDRIVE_AFTER_STEP.pass());
    }

    private void step(Transaction tx, Redrive redrive) throws SQLException {
        var id = redrive.id();
        letters.hear(tx, id);
        if (redrive.state() == Redrive.State.RUNNING) {
            var move = Pace.next(letters.standing(tx, redrive, health(tx)));
            switch (move) {
                case Move.Wait() -> {}
                case Move.Replay(var batch, var size, var some) -> replay(tx, redrive, batch, size, some);
                case Move.Finish() -> end(tx, id, Redrive.State.DONE, null);
                case Move.Stop(var why) ->
                    end(
                            tx,
                            id,
                            Redrive.State.STOPPED,
                            why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        redrives.stepped(tx, id, instance, STEP);
    }

    private void replay(Transaction tx, Redrive redrive, int batch, int size, int some) throws SQLException {
        var id = redrive.id();
        redrives.beginBatch(tx, id, batch, size);
        var chosen = letters.next(tx, id, some);
        var said = redrive.note().isEmpty() ? "" : ": " + redrive.note();
        var deed = new Deed(redrive.operator(), "replay", "redrive " + id + said, redrive.trace());
        var acted = replay.replay(tx, RedriveLetters.seen(chosen), deed);
        var replayed = new boolean[chosen.size()];
        for (var i = 0; i < replayed.length; i++) {
            replayed[i] = acted.get(chosen.get(i).deadLetterId()) instanceof Acted.Done;
        }
        letters.begun(tx, id, batch, chosen, replayed);
        log.info("Redrive {}: batch {}, {} of {} letters", id, batch, chosen.size(), size);
    }

    private void end(Transaction tx, UUID id, Redrive.State state, @Nullable String why) throws SQLException {
        redrives.end(tx, id, state, why);
        log.info("Redrive {} is {} {}", id, state, why == null ? "" : why);
    }

    private Health health(Transaction tx) throws SQLException {
        if (outages.current(tx).isPresent()) {
            return Health.OUTAGE;
        }
        return breaker.closed() && outages.allClosed(tx) ? Health.WELL : Health.BREAKER_OPEN;
    }
}
