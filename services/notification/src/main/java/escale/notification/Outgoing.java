package escale.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail on its way out.
 *
 * @param userId null for a guest
 * @param language the one it was asked or booked in; without it, that of the profile
 */
public record Outgoing(
        UUID id,
        Matter matter,
        @Nullable String userId,
        @Nullable Language language) {}
