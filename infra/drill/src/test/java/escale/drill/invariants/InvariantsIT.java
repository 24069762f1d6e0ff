package escale.drill.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.world.ChangedBookings;
import escale.drill.world.SmallWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant has been seen broken, and by nothing that does not concern it. */
class InvariantsIT {
    @TempDir
    private Path folder;

    private SmallWorld world;

    @BeforeEach
    void aHealthyWorld() throws Exception {
        world = new SmallWorld(folder);
        ChangedBookings.in(world);
    }

    @Test
    void a_healthy_world_passes() {
        var verdict = Verdict.over(world.read());

        assertThat(verdict.findings())
                .allSatisfy(finding -> assertThat(finding.named()).isEmpty());
        assertThat(verdict.holds()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("escale.drill.invariants.Mistake#all")
    void each_mistake_turns_its_invariant_red(Mistake mistake) throws Exception {
        mistake.deed().on(world);

        var verdict = Verdict.over(world.read());

        assertThat(verdict.findings().stream().filter(finding -> !finding.holds()))
                .extracting(Finding::id)
                .containsExactlyInAnyOrderElementsOf(mistake.broken());
        assertThat(verdict.holds()).isFalse();
    }

    @Test
    void what_was_not_answered_as_done_may_stay_undone() throws Exception {
        for (var http : List.of(0, 202, 409, 412)) {
            world.log("{\"act\":\"cancel\",\"booking\":\"%s\",\"people\":0,\"http\":%d}"
                    .formatted(world.confirmed, http));
        }
        world.log("{\"act\":\"cancel\",\"booking\":\"%s\",\"people\":0,\"http\":200}".formatted(world.refunded));

        assertThat(Verdict.over(world.read()).holds()).isTrue();
    }

    @Test
    void an_event_that_comes_twice_is_no_disorder() {
        world.topics.told("booking.events", world.confirmed, 1);
        world.topics.told("booking.events", world.confirmed, 2);

        assertThat(Verdict.over(world.read()).holds()).isTrue();
    }

    @Test
    void what_a_person_has_to_settle_breaks_nothing() throws Exception {
        world.charge(world.unproven, SmallWorld.paymentOf(world.unproven), 9_000);
        world.payment("update payment set state = 'PAID' where booking_id = '%s'".formatted(world.expired));
        world.charge(world.expired, SmallWorld.paymentOf(world.expired), 9_000);
        world.refusedRefund(world.expired);
        world.booking("update booking set status = 'REFUND_PENDING' where id = '%s'".formatted(world.expired));

        assertThat(Verdict.over(world.read()).findings())
                .allSatisfy(finding -> assertThat(finding.named()).isEmpty());
    }

    @Test
    void money_that_came_or_went_another_way_counts_where_a_person_has_evidence() throws Exception {
        world.payment("update payment set state = 'PAID', outside_evidence = 'transfer' where booking_id = '%s'"
                .formatted(world.exhausted));
        world.booking("update booking set status = 'CONFIRMED' where id = '%s'".formatted(world.exhausted));
        world.payment("update payment set state = 'PAID' where booking_id = '%s'".formatted(world.expired));
        world.charge(world.expired, SmallWorld.paymentOf(world.expired), 9_000);
        world.payment("update refund set outside_evidence = 'transfer' where id = '%s'"
                .formatted(world.refund(world.expired, "REFUNDED")));

        assertThat(Verdict.over(world.read()).findings())
                .filteredOn(finding -> !finding.id().equals("I9")) // nobody wrote the mail of the confirmation
                .allSatisfy(finding -> assertThat(finding.named()).isEmpty());
    }

    @Test
    void a_mail_may_arrive_again_as_often_as_nobody_knows_whether_it_left() {
        var mail = SmallWorld.mailOf(world.confirmed, "CONFIRMED");
        world.arrives(mail, world.confirmed, "CONFIRMED");
        world.notification("update mail set doubts = 1 where id = '%s'".formatted(mail));

        assertThat(told().named()).isEmpty();
        assertThat(told().compared()).contains("1 of them again after a doubt");
    }

    @Test
    void what_was_sent_before_the_sink_was_emptied_is_not_looked_for_and_that_is_said() {
        world.sinkIsEmptied();

        assertThat(told().holds()).isTrue();
        assertThat(told().compared()).contains("0 mails looked for, 10 not: the sink was emptied since");
    }

    @Test
    void where_mails_go_elsewhere_that_is_said_and_breaks_nothing() {
        world.thereIsNoSink();

        assertThat(told().holds()).isTrue();
        assertThat(told().compared()).contains("mail sink not readable here");
    }

    private Finding told() {
        return Verdict.over(world.read()).findings().stream()
                .filter(finding -> finding.id().equals("I9"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_charge_that_is_under_way_or_tried_again_by_a_person_or_not_known_to_be_over_may_be_called_for()
            throws Exception {
        world.called(world.confirmed, SmallWorld.paymentOf(world.confirmed), SmallWorld.NOW.plusSeconds(9));
        world.topics.paymentTold(world.exhausted, "payment.exhausted", SmallWorld.NOW);
        world.called(world.exhausted, SmallWorld.paymentOf(world.exhausted), SmallWorld.NOW.plusSeconds(600));
        world.called(world.expired, SmallWorld.paymentOf(world.expired), SmallWorld.NOW.plusSeconds(600));

        assertThat(Verdict.over(world.read()).findings())
                .allSatisfy(finding -> assertThat(finding.named()).isEmpty());
    }

    @Test
    void of_many_violations_all_are_counted_and_some_are_named() throws Exception {
        for (var i = 0; i < 30; i++) {
            world.charge(UUID.randomUUID(), UUID.randomUUID(), 100);
        }

        var orphans = Verdict.over(world.read()).findings().stream()
                .filter(finding -> finding.id().equals("I4"))
                .findFirst()
                .orElseThrow();

        assertThat(orphans.violations()).isGreaterThanOrEqualTo(30);
        assertThat(orphans.named()).hasSize(20);
    }
}
