package escale.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking that is paid, as far as its traveller is to be reminded of it.
 *
 * @param version of the booking that says so
 * @param travels false once it was cancelled
 */
public record Journey(
        UUID bookingId,
        int version,
        boolean travels,
        String userId,
        @Nullable Language language,
        Facts facts) {}
