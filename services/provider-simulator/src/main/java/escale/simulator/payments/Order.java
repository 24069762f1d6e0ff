package escale.simulator.payments;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the merchant asks to be paid, and the notes he keeps on it. */
public record Order(
        long amount,
        String currency,
        @Nullable String customer,
        @Nullable String description,
        @Nullable String receiptEmail,
        @Nullable String returnUrl,
        Map<String, String> metadata) {

    Order returningTo(@Nullable String url) {
        return url == null ? this : new Order(amount, currency, customer, description, receiptEmail, url, metadata);
    }
}
