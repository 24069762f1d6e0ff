package escale.booking;

import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void booking_keeps_the_rules_of_the_house() {
        HouseRules.in("escale.booking").rooms("change").check();
    }
}
