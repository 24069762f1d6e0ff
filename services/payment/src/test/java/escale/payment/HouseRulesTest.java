package escale.payment;

import escale.testkit.HouseRule;
import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void payment_keeps_the_rules_of_the_house() {
        HouseRules.in("escale.payment")
                .rooms("refund", "cases", "redrive")
                .except(HouseRule.NO_LONELY_INTERFACE, "escale.payment.PaymentProvider", "the port to other providers")
                .check();
    }
}
