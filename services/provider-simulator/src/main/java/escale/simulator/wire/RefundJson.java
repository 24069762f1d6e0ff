package escale.simulator.wire;

import escale.simulator.payments.Refund;

/** A refund as JSON. */
final class RefundJson {

    private RefundJson() {}

    static void write(JsonOut out, Refund refund) {
        out.field("id", refund.id())
                .field("object", "refund")
                .field("amount", refund.amount())
                .nothing("balance_transaction")
                .field("charge", refund.charge())
                .field("created", refund.created())
                .field("currency", refund.currency());
        if (refund.failed()) {
            out.field("failure_reason", "expired_or_canceled_card");
        }
        out.object("metadata", refund.metadata())
                .field("payment_intent", refund.intent())
                .field("reason", refund.reason())
                .nothing("receipt_number")
                .field("status", refund.failed() ? "failed" : "succeeded");
    }
}
