package escale.notification;

import escale.runtime.Trace;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell a traveller.
 *
 * @param language the one the traveller booked in; without it, that of their profile
 * @param ask null when an event is the reason
 */
public record Mail(
        UUID id,
        Occasion occasion,
        String userId,
        @Nullable Language language,
        Facts facts,
        @Nullable Ask ask,
        Trace trace) {}
