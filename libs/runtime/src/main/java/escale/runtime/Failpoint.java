package escale.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place where a process may be made to die as by a power cut, because dying there is worth a rehearsal. Each stands in
 * the code once. {@code ESCALE_FAILPOINT=after-claim:3} halts the process as it comes by for the third time.
 */
public enum Failpoint {
    /** Bookings and their seats are committed, their travellers have no answer. */
    AFTER_ACCEPT_COMMIT,
    /** What payment told has been written into bookings, and is lost again with the transaction. */
    BEFORE_SETTLE_COMMIT,
    /** The broker has the events, and the outbox still has them too. */
    RELAY_BETWEEN_ACK_AND_COMMIT,
    /** An attempt has been claimed, and the provider has not been called. */
    AFTER_CLAIM,
    /** The provider has taken the money, and nobody has written it down. */
    AFTER_CHARGE,
    /** The result of an attempt is committed, and its record will come again. */
    AFTER_RESULT,
    /** Nobody can read a record, and it is not among the dead letters yet. */
    DEAD_LETTER_BEFORE_PUBLISH,
    /** The provider has given money back, and nobody has written it down. */
    AFTER_REFUND,
    /** What a webhook led to is committed, and the provider has no answer and will send it again. */
    AFTER_WEBHOOK_COMMIT,
    /** A step of a redrive is committed, and nobody takes the next one. */
    REDRIVE_AFTER_STEP,
    /** A mail is in the queue, and the event it came from will be heard again. */
    AFTER_MAIL_QUEUED,
    /** The mail server has a mail, and nobody has written it down. */
    AFTER_MAIL_SENT;

    static final String VARIABLE = "ESCALE_FAILPOINT";

    private static final Pattern WISH = Pattern.compile("([a-z-]+)(?::([1-9][0-9]{0,8}))?");

    /** Which one, and at which pass. */
    record Armed(Failpoint place, int nth) {
        @Override
        public String toString() {
            return place + ":" + nth;
        }
    }

    /** The process may end here. */
    public void pass() {
        if (Trap.SET) {
            Trap.enter(this);
        }
    }

    /** The process may end between this value and whoever takes it. */
    public <T extends @Nullable Object> T passing(T value) {
        pass();
        return value;
    }

    /** What the environment says; a name that nobody knows would arm nothing, and a drill would prove nothing. */
    static Optional<Armed> armed(@Nullable String wish) {
        if (wish == null || wish.isEmpty()) {
            return Optional.empty();
        }
        var said = WISH.matcher(wish);
        var place = said.matches() ? named(said.group(1)) : Optional.<Failpoint>empty();
        if (place.isEmpty()) {
            throw new IllegalArgumentException("%s=%s names no failpoint; write NAME or NAME:PASS with one of %s."
                    .formatted(
                            VARIABLE,
                            wish,
                            Arrays.stream(values()).map(Failpoint::toString).collect(Collectors.joining(", "))));
        }
        return Optional.of(new Armed(place.get(), said.group(2) == null ? 1 : Integer.parseInt(said.group(2))));
    }

    private static Optional<Failpoint> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst();
    }

    /** As it is written on the outside: {@code after-claim}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
