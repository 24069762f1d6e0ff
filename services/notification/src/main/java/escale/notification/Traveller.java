package escale.notification;

import org.jspecify.annotations.Nullable;

/**
 * Somebody as mails address them.
 *
 * @param email null once they asked to be forgotten
 */
public record Traveller(
        @Nullable String email,
        @Nullable String name,
        @Nullable Language language) {

    public static final Traveller ERASED = new Traveller(null, null, null);

    public boolean erased() {
        return email == null;
    }
}
