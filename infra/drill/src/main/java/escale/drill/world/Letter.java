package escale.drill.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail about a booking as it arrived, from what its headers say.
 *
 * @param mail which mail it is, by its Message-ID; null when that is none of notification's
 */
public record Letter(UUID booking, @Nullable UUID mail, String kind) {}
