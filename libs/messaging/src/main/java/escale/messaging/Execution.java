package escale.messaging;

import escale.messaging.Handler.Handling;
import escale.sql.DatabaseFault;
import escale.sql.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the handler and judges what it throws: surroundings that are away are waited for, however long; a record that
 * fails by itself is tried a few times and then buried.
 */
final class Execution {
    static final int TRIES = 5;

    private static final Logger log = LoggerFactory.getLogger(Execution.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    /** 1.6 seconds: nobody should wait much longer than that for surroundings that are back. */
    private static final int LONGEST_DOUBLING = 5;

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
            return Objects.requireNonNull(handler.handle(slot.received), "The handler did not say how it went");
        } catch (Throwable fault) {
            try {
                return isOfTheSurroundings(fault) ? hold(slot, fault) : fail(slot, fault);
            } catch (Throwable cannotBury) {
                log.error("{} holds {}: it can be neither handled nor buried", group, slot.received, cannotBury);
                return pause(slot);
            }
        }
    }

    private Handling hold(Slot slot, Throwable fault) {
        if (++slot.held == 1) {
            log.warn("{} holds {}: {}", group, slot.received, fault.toString());
        }
        return pause(slot);
    }

    private Handling fail(Slot slot, Throwable fault) {
        slot.failures++;
        slot.firstFailure = Objects.requireNonNullElseGet(slot.firstFailure, Instant::now);
        if (fault instanceof Malformed || slot.failures >= TRIES) {
            deadLetters.bury(slot.received, group, slot.failures, slot.firstFailure, fault);
            log.error("{} buried {} after try {}", group, slot.received, slot.failures, fault);
            return Handling.DONE;
        }
        log.warn("{} failed at {}, try {}", group, slot.received, slot.failures, fault);
        return pause(slot);
    }

    /** The database, the broker or a full lane: nothing that the record did, and nothing that another record would survive. */
    private static boolean isOfTheSurroundings(Throwable fault) {
        return switch (fault) {
            case DatabaseFault database -> !database.refusesTheData();
            case KafkaException _, Lane.Full _, IOException _, UncheckedIOException _, InterruptedException _ -> true;
            default -> false;
        };
    }

    private static Handling pause(Slot slot) {
        var doublings = Math.clamp(slot.failures + slot.held - 1, 0, LONGEST_DOUBLING);
        return new Handling.NotNow(FIRST_PAUSE.multipliedBy(1L << doublings));
    }
}
