package escale.simulator.wire;

import escale.simulator.payments.Charge;

/** A charge as JSON. */
final class ChargeJson {

    private ChargeJson() {}

    static void write(JsonOut out, Charge charge) {
        var order = charge.order();
        out.field("id", charge.id())
                .field("object", "charge")
                .field("amount", order.amount())
                .field("amount_captured", charge.paid() ? order.amount() : 0)
                .field("amount_refunded", charge.refunded())
                .nothing("balance_transaction")
                .field("captured", charge.paid())
                .field("created", charge.created())
                .field("currency", order.currency())
                .field("customer", order.customer())
                .field("description", order.description())
                .field("disputed", false);
        outcome(out, charge);
        out.field("livemode", false)
                .object("metadata", order.metadata())
                .field("paid", charge.paid())
                .field("payment_intent", charge.intent())
                .field("payment_method", charge.method().token())
                .object(
                        "payment_method_details",
                        details -> details.object("card", card -> CardJson.card(card, charge.method()))
                                .field("type", "card"))
                .field("receipt_email", order.receiptEmail())
                .field("refunded", charge.paid() && charge.refundable() == 0)
                .field("status", charge.paid() ? "succeeded" : "failed");
    }

    private static void outcome(JsonOut out, Charge charge) {
        var decline = charge.decline();
        if (decline != null) {
            out.field("failure_code", decline.code())
                    .field("failure_message", decline.message())
                    .object(
                            "outcome",
                            outcome -> outcome.field("network_status", "declined_by_network")
                                    .field("reason", decline.declineCode())
                                    .field("risk_level", "normal")
                                    .field("seller_message", "The bank did not accept the payment.")
                                    .field("type", "issuer_declined"));
        } else {
            out.nothing("failure_code", "failure_message")
                    .object(
                            "outcome",
                            outcome -> outcome.field("network_status", "approved_by_network")
                                    .nothing("reason")
                                    .field("risk_level", "normal")
                                    .field("seller_message", "Payment complete.")
                                    .field("type", "authorized"));
        }
    }
}
