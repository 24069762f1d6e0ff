package escale.simulator.payments;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back to the card; an immutable snapshot.
 *
 * @param created seconds since 1970
 * @param failed the bank returned it to the merchant
 */
public record Refund(
        String id,
        String charge,
        String intent,
        long created,
        long amount,
        String currency,
        @Nullable String reason,
        Map<String, String> metadata,
        boolean failed)
        implements Resource {

    Refund returned() {
        return new Refund(id, charge, intent, created, amount, currency, reason, metadata, true);
    }
}
