package escale.local;

import escale.testkit.HouseRule;
import escale.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void the_launcher_keeps_the_rules_of_the_house() {
        HouseRules.in("escale.local")
                .rooms("supervision", "control", "mail", "demo", "deadletters")
                .except(HouseRule.LOGS_ONLY, "escale.local.Application", "a command speaks to the person who typed it")
                .except(
                        HouseRule.LOGS_ONLY,
                        "escale.local.mail",
                        "its output is its log, and it has no logger to keep it small")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.local.Application",
                        "the door through which time comes in")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.local.mail.MailSink",
                        "the door through which time comes in")
                .except(
                        HouseRule.TIME_AND_IDS_COME_IN,
                        "escale.local.demo.TellDemo",
                        "the id of an event is of no use to anybody here")
                .check();
    }
}
