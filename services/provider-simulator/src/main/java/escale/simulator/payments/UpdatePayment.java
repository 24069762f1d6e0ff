package escale.simulator.payments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes what an intent asks for, as long as its money has not moved; notes may be changed for ever. */
public final class UpdatePayment {

    private UpdatePayment() {}

    /** The fields the merchant sent; the others stay. A metadata value that is empty removes its key. */
    public record Update(
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String customer,
            @Nullable String description,
            @Nullable String receiptEmail,
            @Nullable TestMethod method,
            Map<String, String> metadata) {

        boolean touchesMoney() {
            return amount != null || currency != null || method != null;
        }
    }

    public static Outcome update(PaymentIntent intent, Update update) {
        if (intent.status().isFinal() && update.touchesMoney()) {
            return new Outcome.Refused(
                    Refusal.unexpectedState("This PaymentIntent's amount, currency or payment method could not be"
                            + " updated because it has a status of "
                            + intent.status().wire() + "."),
                    intent);
        }
        var updated = intent.reordered(merged(intent.order(), update));
        return new Outcome.Posted(Change.of(
                Fact.INTENT_UPDATED, update.method() == null ? updated : updated.toBePaidBy(update.method()), null));
    }

    private static Order merged(Order order, Update update) {
        var metadata = new LinkedHashMap<>(order.metadata());
        update.metadata().forEach((key, value) -> {
            if (value.isEmpty()) {
                metadata.remove(key);
            } else {
                metadata.put(key, value);
            }
        });
        return new Order(
                update.amount() == null ? order.amount() : update.amount(),
                update.currency() == null ? order.currency() : update.currency(),
                update.customer() == null ? order.customer() : update.customer(),
                update.description() == null ? order.description() : update.description(),
                update.receiptEmail() == null ? order.receiptEmail() : update.receiptEmail(),
                order.returnUrl(),
                Collections.unmodifiableMap(metadata));
    }
}
