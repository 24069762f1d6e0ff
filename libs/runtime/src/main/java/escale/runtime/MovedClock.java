package escale.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's time, moved by as much as a file says. One file moves every process that reads it, those that start later
 * too; without the file the time is the machine's.
 */
final class MovedClock extends Clock {
    private static final Logger log = LoggerFactory.getLogger(MovedClock.class);

    private final Clock machine;
    private final Path file;
    private final Duration lookEvery;
    private volatile Duration moved;
    private volatile long looked;

    MovedClock(Clock machine, Path file, Duration lookEvery) {
        this.machine = machine;
        this.file = file;
        this.lookEvery = lookEvery;
        this.moved = read(Duration.ZERO);
        this.looked = System.nanoTime();
    }

    @Override
    public Instant instant() {
        if (System.nanoTime() - looked > lookEvery.toNanos()) {
            looked = System.nanoTime();
            look();
        }
        return machine.instant().plus(moved);
    }

    private synchronized void look() {
        var before = moved;
        var now = read(before);
        if (!now.equals(before)) {
            moved = now;
            log.info("Business time is moved by {} now, and was by {}", now, before);
        }
    }

    private Duration read(Duration otherwise) {
        try {
            return Duration.parse(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException | DateTimeParseException e) {
            log.warn("The clock stays as it is, for {} cannot be read: {}", file, e.getMessage());
            return otherwise;
        }
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovedClock(machine.withZone(zone), file, lookEvery);
    }
}
