package escale.notification;

import org.jspecify.annotations.Nullable;

/** Where a mail goes. */
public record Recipient(String email, @Nullable String name) {}
