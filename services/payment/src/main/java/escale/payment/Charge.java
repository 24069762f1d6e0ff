package escale.payment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the provider answered, or did not. Every outcome says whether money may have moved. */
public sealed interface Charge {

    /** The money is ours. */
    record Paid(String providerId) implements Charge {}

    /** The traveller has to confirm at the bank first (3-D Secure). */
    record ActionRequired(String providerId, String link) implements Charge {}

    /** A definite no to this card; trying it again is in vain. */
    record Declined(@Nullable String providerId, String reason, String message) implements Charge {}

    /** Nothing was charged, and another try may succeed. */
    record Unpaid(String cause) implements Charge {}

    /** Money may or may not have moved; ask before anything new is tried. */
    record Unknown(String cause, Doubt doubt) implements Charge {}

    /** The call was never made, or never reached the provider. */
    record NotAttempted(String cause, Duration retryAfter) implements Charge {}
}
