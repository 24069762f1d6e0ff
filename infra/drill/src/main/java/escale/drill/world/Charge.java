package escale.drill.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money the provider took, from its own ledger.
 *
 * @param booking as the provider was told; null when it was told none
 * @param refunded how much of it went back, in minor units
 */
public record Charge(
        String intent, @Nullable UUID booking, @Nullable UUID payment, long amount, String currency, long refunded) {
    public long net() {
        return amount - refunded;
    }
}
