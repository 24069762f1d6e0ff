package escale.drill;

import escale.testkit.HouseRule;
import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_house_rules_hold() {
        HouseRules.in("escale.drill")
                .rooms("wire", "load", "report", "world", "invariants", "levers", "drills")
                .except(HouseRule.LOGS_ONLY, "escale.drill.Application", "a command speaks to whoever typed it")
                .except(HouseRule.TIME_AND_IDS_COME_IN, "escale.drill.Application", "where the clock comes from")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.drill.levers.Tours",
                        "where the ids of its tours come from")
                .check();
    }
}
