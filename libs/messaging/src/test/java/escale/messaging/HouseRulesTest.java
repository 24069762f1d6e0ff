package escale.messaging;

import escale.testkit.HouseRule;
import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void the_house_rules_hold() {
        HouseRules.in("escale.messaging")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.messaging.DueConsumer",
                        "a due time is compared with the broker's timestamps, which the business clock does not move")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.messaging.Execution",
                        "when a record first failed belongs to the machine's time, like the broker's timestamps beside it")
                .check();
    }
}
