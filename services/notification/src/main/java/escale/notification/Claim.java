package escale.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A mail that one sender has for itself until its lease ends.
 *
 * @param traveller null while nobody has told who that is
 * @param failingFor how long ago it failed for the first time
 */
public record Claim(Outgoing mail, @Nullable Traveller traveller, long fence, int attempts, Duration failingFor) {}
