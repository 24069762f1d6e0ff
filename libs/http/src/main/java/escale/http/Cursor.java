package escale.http;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ended: the sort key and the id of its last row. Clients hand it back unread. It is not signed, because it
 * only says where to go on: what may be seen is decided anew for every page.
 */
public record Cursor(long key, UUID id) {
    private static final int BYTES = Long.BYTES * 3;
    private static final int CHARACTERS = BYTES / 3 * 4;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** For rows sorted by time, to the microsecond that PostgreSQL stores. */
    public static Cursor at(Instant instant, UUID id) {
        return new Cursor(ChronoUnit.MICROS.between(Instant.EPOCH, instant), id);
    }

    /** The sort key as time; a key that was tampered with may be no time that a database can hold. */
    public Instant instant() {
        try {
            var instant = Instant.EPOCH.plus(key, ChronoUnit.MICROS);
            if (instant.isAfter(FIRST) && instant.isBefore(LAST)) {
                return instant;
            }
        } catch (DateTimeException | ArithmeticException _) {
            // refused below
        }
        throw invalid();
    }

    public String encode() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(key)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().encodeToString(bytes.array());
    }

    static Cursor decode(String text) {
        try {
            if (text.length() == CHARACTERS) {
                var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
                return new Cursor(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException _) {
            // refused below
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return new ProblemException(Problem.badRequest(
                "cursor-invalid", "This cursor did not come from here: take it from the link to the next page"));
    }
}
