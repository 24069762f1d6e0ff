package escale.simulator.payments;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a line of the ledger says has happened; the names are part of the file format. */
public enum Fact {
    INTENT_CREATED("payment_intent.created"),
    INTENT_UPDATED("payment_intent.updated"),
    INTENT_CANCELED("payment_intent.canceled"),
    ACTION_REQUIRED("payment_intent.requires_action"),
    AUTHENTICATION_REFUSED("payment_intent.payment_failed"),
    CHARGE_SUCCEEDED("charge.succeeded"),
    CHARGE_FAILED("charge.failed"),
    REFUND_SUCCEEDED("refund.succeeded"),
    REFUND_FAILED("refund.failed"),
    /** Nothing changed, but an answer was given that its idempotency key must repeat. */
    ANSWER_STORED("answer.stored");

    private final String wire;

    Fact(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }
}
