package escale.simulator.wire;

import escale.simulator.payments.TestMethod;

/** The little that a test card shows of itself; there is no number anywhere to show. */
final class CardJson {

    private CardJson() {}

    static void card(JsonOut out, TestMethod method) {
        out.field("brand", method.brand())
                .field("country", "US")
                .field("exp_month", 12)
                .field("exp_year", 2040)
                .field("funding", "credit")
                .field("last4", method.last4())
                .field("network", method.brand());
    }

    static void paymentMethod(JsonOut out, TestMethod method) {
        out.field("id", method.token())
                .field("object", "payment_method")
                .object("card", card -> card(card, method))
                .field("livemode", false)
                .field("type", "card");
    }
}
