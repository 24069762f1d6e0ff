package escale.notification;

import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void notification_keeps_the_rules_of_the_house() {
        HouseRules.in("escale.notification").rooms("letter").check();
    }
}
