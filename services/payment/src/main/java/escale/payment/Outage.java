package escale.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time during which the provider could not be used, as all workers together saw it. */
public record Outage(
        UUID id, String cause, Instant since, @Nullable Instant until) {}
