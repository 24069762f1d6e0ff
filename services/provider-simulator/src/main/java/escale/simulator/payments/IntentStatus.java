package escale.simulator.payments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a payment intent stands. */
public enum IntentStatus {
    REQUIRES_PAYMENT_METHOD,
    REQUIRES_CONFIRMATION,
    REQUIRES_ACTION,
    SUCCEEDED,
    CANCELED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String wire() {
        return wire;
    }

    boolean isFinal() {
        return this == SUCCEEDED || this == CANCELED;
    }
}
