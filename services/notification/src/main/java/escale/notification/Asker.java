package escale.notification;

import org.jspecify.annotations.Nullable;

/** Somebody who wants to be told. */
public sealed interface Asker {
    record Traveller(String userId) implements Asker {}

    /** Without an account, so that an address has to be left. */
    record Guest(String email, @Nullable Language language) implements Asker {
        private static final String ONE_MAILBOX =
                "[^\\s\\p{Cntrl}@<>()\\[\\],;:\\\\\"]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

        public Guest {
            if (email.length() > 254 || !email.matches("\\p{ASCII}*") || !email.matches(ONE_MAILBOX)) {
                throw new IllegalArgumentException("email: must be one address");
            }
        }
    }
}
