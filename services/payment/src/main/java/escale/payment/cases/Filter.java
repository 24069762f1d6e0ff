package escale.payment.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are meant; null is any.
 *
 * @param text somewhere in the cause, the record, its key or its headers; large and small letters are the same
 */
public record Filter(
        DeadLetter.@Nullable Status status,
        @Nullable String cause,
        @Nullable UUID bookingId,
        @Nullable String owner,
        @Nullable String text,
        @Nullable Instant openedAfter,
        @Nullable Instant openedBefore) {

    /** The condition on {@code dead_letter as d}; takes {@link #and}. */
    public static final String SQL = """
            (?::text is null or d.state = ?) and (?::text is null or d.cause = ?)
              and (?::uuid is null or d.booking_id = ?) and (?::text is null or d.owner = ?)
              and (?::text is null or position(lower(?) in
                lower(concat_ws(' ', d.cause, d.record_key, d.headers, encode(d.payload, 'escape')))) > 0)
              and (?::timestamptz is null or d.created_at > ?) and (?::timestamptz is null or d.created_at < ?)
            """;

    /** As a redrive sees it: only what waits for a person can be tried again. */
    public Filter open() {
        return new Filter(DeadLetter.Status.OPEN, cause, bookingId, owner, text, openedAfter, openedBefore);
    }

    /** The parameters of the condition, between those of the statement around it. */
    public @Nullable Object[] and(List<? extends @Nullable Object> before, @Nullable Object... after) {
        var all = new ArrayList<@Nullable Object>(before);
        for (var each : new @Nullable Object[] {status, cause, bookingId, owner, text, openedAfter, openedBefore}) {
            all.add(each);
            all.add(each);
        }
        for (var each : after) {
            all.add(each);
        }
        return all.toArray();
    }
}
