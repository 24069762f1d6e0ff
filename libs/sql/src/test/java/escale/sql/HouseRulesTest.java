package escale.sql;

import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void the_house_rules_hold() {
        HouseRules.check("escale.sql");
    }
}
