package escale.local;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moves the time of business: a file among the data says by how much, and every service reads it, again and again. Leases,
 * retries, tokens and signatures keep the machine's time.
 */
final class MoveClock {
    private static final String EXPECTED = "Say by how much, as in ./escale clock +24h, -90m or +1d12h, or reset";
    private static final Pattern STEP =
            Pattern.compile("([+-])(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final Duration FARTHEST = Duration.ofDays(3_650);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;

    MoveClock(Place place, Clock clock) {
        this.file = place.clock();
        this.clock = clock;
    }

    synchronized void run(List<String> words, Consumer<String> reply) {
        if (words.size() > 1) {
            throw new CannotStart(EXPECTED + ", and no more words.");
        }
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "" -> reply.accept(line());
            case "reset" -> {
                write(Duration.ZERO);
                reply.accept(line());
            }
            case String step -> {
                write(moved().plus(step(step)));
                reply.accept(line());
                reply.accept("Services follow within a tenth of a second; ./escale clock reset puts it back.");
            }
        }
    }

    /** Empty while it is the machine's. */
    Optional<String> moveTold() {
        return moved().isZero() ? Optional.empty() : Optional.of(line());
    }

    private String line() {
        var moved = moved();
        var time = "Business time is " + TIME.format(clock.instant().plus(moved));
        return moved.isZero()
                ? time + ", that of this machine."
                : "%s, %s %s that of this machine."
                        .formatted(time, text(moved.abs()), moved.isNegative() ? "behind" : "ahead of");
    }

    private static String text(Duration span) {
        var text = new StringBuilder();
        add(text, span.toDays(), "d");
        add(text, span.toHoursPart(), "h");
        add(text, span.toMinutesPart(), "m");
        add(text, span.toSecondsPart(), "s");
        return text.toString();
    }

    private static void add(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(unit);
        }
    }

    private static Duration step(String text) {
        var found = STEP.matcher(text);
        if (text.length() < 3 || !found.matches()) {
            throw new CannotStart(EXPECTED + ", not '" + text + "'.");
        }
        var span = Duration.ofDays(number(found.group(2)))
                .plusHours(number(found.group(3)))
                .plusMinutes(number(found.group(4)))
                .plusSeconds(number(found.group(5)));
        return found.group(1).equals("-") ? span.negated() : span;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private Duration moved() {
        try {
            return Duration.parse(Files.readString(file).strip());
        } catch (NoSuchFileException | DateTimeParseException e) {
            return Duration.ZERO; // so do the services when they start
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody reads half of it. */
    private void write(Duration moved) {
        if (moved.abs().compareTo(FARTHEST) > 0) {
            throw new CannotStart("Business time is moved by at most " + FARTHEST.toDays() + " days either way.");
        }
        try {
            if (moved.isZero()) {
                Files.deleteIfExists(file);
                return;
            }
            var half = file.resolveSibling("clock.part");
            Files.writeString(half, moved.toString());
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
