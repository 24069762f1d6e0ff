package escale.messaging;

import escale.messaging.Handler.Handling;
import escale.sql.DatabaseFault;
import escale.sql.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the handler and judges what it throws: surroundings that are away are waited for, however long; a record that
 * fails by itself is tried a few times and then buried.
 */
final class Execution {
    private static final Logger log = LoggerFactory.getLogger(Execution.class);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int LONGEST_DOUBLING = 7;

    private final String group;
    private final Handler handler;
    private final DeadLetters deadLetters;

    Execution(String group, Handler handler, DeadLetters deadLetters) {
        this.group = group;
        this.handler = handler;
        this.deadLetters = deadLetters;
    }

    /** Never throws: whatever happens, the record and those behind it in its chain keep their place. */
    Handling run(Slot slot) {
        try {
            return handler.handle(slot.received);
        } catch (Throwable fault) {
            slot.failures++;
            return judge(slot, fault);
        }
    }

    private Handling judge(Slot slot, Throwable fault) {
        try {
            if (isOfTheSurroundings(fault)) {
                if (slot.failures == 1) {
                    log.warn("{} holds {}: {}", group, slot.received, fault.getMessage());
                }
                return pauseAfter(slot.failures);
            }
            if (fault instanceof Malformed || slot.failures >= TRIES) {
                deadLetters.bury(slot.received, group, slot.failures, fault);
                log.error("{} buried {} after {} tries", group, slot.received, slot.failures, fault);
                return Handling.DONE;
            }
            log.warn("{} failed at {}, try {}", group, slot.received, slot.failures, fault);
            return pauseAfter(slot.failures);
        } catch (Throwable cannotBury) {
            log.error("{} holds {}: it can be neither handled nor buried", group, slot.received, cannotBury);
            return pauseAfter(slot.failures);
        }
    }

    /** The database, the broker or a full lane: nothing that the record did, and nothing that another record would survive. */
    private static boolean isOfTheSurroundings(Throwable fault) {
        return switch (fault) {
            case DatabaseFault database -> !database.refusesTheData();
            case KafkaException _, Lane.Full _, IOException _, UncheckedIOException _, InterruptedException _ -> true;
            default -> false;
        };
    }

    private static Handling pauseAfter(int failures) {
        return new Handling.NotNow(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, LONGEST_DOUBLING)));
    }
}
