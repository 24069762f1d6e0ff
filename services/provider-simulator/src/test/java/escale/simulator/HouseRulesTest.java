package escale.simulator;

import escale.testkit.HouseRule;
import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_simulator_keeps_the_rules_of_the_house() {
        HouseRules.in("escale.simulator")
                .rooms("payments", "books", "faults", "webhooks", "wire", "http")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.simulator.Application",
                        "this is where the clock comes from")
                .except(HouseRule.ONE_WAY, "escale.simulator.control.Figures", "the operators see what the API counted")
                .check();
    }
}
