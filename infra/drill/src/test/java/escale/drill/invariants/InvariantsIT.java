package escale.drill.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.world.ChangedBookings;
import escale.drill.world.SmallWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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

    /**
     * One thing made wrong.
     *
     * @param broken every invariant that must say so, the one it is about first
     */
    record Mistake(String name, List<String> broken, Deed deed) {
        @Override
        public String toString() {
            return name + " breaks " + broken;
        }
    }

    @FunctionalInterface
    interface Deed {
        void on(SmallWorld world) throws Exception;
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                mistake(
                        "a booking that was promised is gone",
                        w -> {
                            w.booking("delete from booking where id = '%s'".formatted(w.reserved));
                            w.booking("update departure set seats_left = seats_left + 2");
                        },
                        "I1",
                        "I9"),
                mistake(
                        "a booking is not what was asked for",
                        w -> w.booking("update booking set user_id = 'paul' where id = '%s'".formatted(w.confirmed)),
                        "I1"),
                mistake(
                        "a cancellation that was answered is lost",
                        w -> w.log("{\"act\":\"cancel\",\"booking\":\"%s\",\"people\":0,\"http\":200}"
                                .formatted(w.confirmed)),
                        "I1"),
                mistake(
                        "a change that was answered is lost",
                        w -> w.log("{\"act\":\"change\",\"booking\":\"%s\",\"people\":1,\"http\":200}"
                                .formatted(w.confirmed)),
                        "I1"),
                mistake(
                        "a random key per attempt charges twice",
                        w -> w.charge(w.confirmed, SmallWorld.paymentOf(w.confirmed), 9_000),
                        "I2",
                        "I3",
                        "I6"),
                mistake(
                        "more is taken than the price",
                        w -> w.charge(w.declined, SmallWorld.paymentOf(w.declined), 9_500),
                        "I2",
                        "I4",
                        "I6"),
                mistake(
                        "a change takes effect without its supplement",
                        w -> w.booking(
                                "update booking set amount = 9000 where id = '%s'".formatted(ChangedBookings.CHANGED)),
                        "I2",
                        "I3",
                        "I6"),
                mistake("a part is given back twice", ChangedBookings::twice, "I3", "I6"),
                mistake(
                        "a changed booking never was what was asked for",
                        w -> w.booking(
                                "update booking_change set from_people = 5 where booking_id = '%s' and people = 3"
                                        .formatted(ChangedBookings.CHANGED)),
                        "I1"),
                mistake(
                        "seats that are held for a change are sold",
                        w -> w.booking("update booking_change set held = 1 where state = 'PENDING'"),
                        "I5"),
                mistake(
                        "a change outlives its time",
                        w -> w.booking(
                                "update booking_change set expires_at = '2026-05-04 08:00Z' where state = 'PENDING'"),
                        "I7"),
                mistake(
                        "a change waits for a charge that has ended",
                        w -> w.payment("update payment set state = 'DECLINED' where state = 'ACTION_REQUIRED'"),
                        "I7"),
                mistake("a time-out is taken for a success", w -> w.forgetLedger(), "I3", "I6"),
                mistake(
                        "a time-out is taken for a failure",
                        w -> w.charge(w.exhausted, SmallWorld.paymentOf(w.exhausted), 9_000),
                        "I4",
                        "I6"),
                mistake(
                        "money for a booking nobody has",
                        w -> w.charge(UUID.randomUUID(), UUID.randomUUID(), 9_000),
                        "I4",
                        "I6"),
                mistake(
                        "an expired booking was paid",
                        w -> w.charge(w.expired, SmallWorld.paymentOf(w.expired), 9_000),
                        "I4",
                        "I6"),
                mistake(
                        "no guard on the seats",
                        w -> w.booking("update booking set people = 30 where id = '%s'".formatted(w.confirmed)),
                        "I5",
                        "I1"),
                mistake(
                        "seats are given back twice",
                        w -> w.booking("update departure set seats_left = seats_left + 2"),
                        "I5"),
                mistake(
                        "a cent goes astray",
                        w -> w.payment(
                                "update payment set amount = 8999 where booking_id = '%s'".formatted(w.confirmed)),
                        "I6"),
                mistake(
                        "an offset is committed before its payment is processed",
                        w -> w.payment(
                                "update payment set state = 'WAITING' where booking_id = '%s'".formatted(w.declined)),
                        "I7"),
                mistake(
                        "a booking is on its way for ever",
                        w -> w.booking(
                                "update booking set status = 'PENDING_PAYMENT' where id = '%s'".formatted(w.declined)),
                        "I7"),
                mistake(
                        "a reservation outlives its time",
                        w -> w.booking("update booking set expires_at = '2026-05-04 08:00Z' where id = '%s'"
                                .formatted(w.reserved)),
                        "I7"),
                mistake(
                        "a dead letter is nobody's case",
                        w -> w.payment("delete from dead_letter where booking_id = '%s'".formatted(w.exhausted)),
                        "I7"),
                mistake(
                        "a dead letter that nobody could read is nobody's case",
                        w -> w.deadLetter("someone else"),
                        "I7"),
                mistake(
                        "money is on its way back for ever",
                        w -> w.payment("update refund set state = 'WAITING'"),
                        "I7",
                        "I6"),
                mistake(
                        "a refund that was refused is nobody's case",
                        w -> w.payment("update refund set state = 'REFUSED'"),
                        "I7",
                        "I6"),
                mistake(
                        "a refund was promised that nobody makes",
                        w -> w.booking(
                                "update booking set status = 'REFUND_PENDING' where id = '%s'".formatted(w.expired)),
                        "I7"),
                mistake(
                        "money is given back that payment knows nothing of",
                        w -> w.payment("delete from refund"),
                        "I6"),
                mistake("a publication outside the transaction is lost", w -> w.forgetLastEvent(), "I8"),
                mistake(
                        "a version is left out",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.confirmed));
                            w.told("booking.events", w.confirmed, 4);
                        },
                        "I8"),
                mistake(
                        "two versions change places",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.confirmed));
                            w.told("booking.events", w.confirmed, 4);
                            w.told("booking.events", w.confirmed, 3);
                        },
                        "I8"),
                mistake(
                        "what was cancelled is confirmed",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.refunded));
                            w.told("booking.events", w.refunded, 4, "CONFIRMED");
                        },
                        "I8"),
                mistake(
                        "a traveller is not told",
                        w -> w.notification("delete from mail where booking_id = '%s'".formatted(w.confirmed)),
                        "I9"),
                mistake(
                        "a mail that was sent never arrived",
                        w -> w.neverArrived(SmallWorld.mailOf(w.confirmed, "CONFIRMED")),
                        "I9"),
                mistake(
                        "a mail arrives twice and nobody doubted it",
                        w -> w.arrives(SmallWorld.mailOf(w.confirmed, "CONFIRMED"), w.confirmed, "CONFIRMED"),
                        "I9"),
                mistake(
                        "one occasion is told by two mails",
                        w -> w.arrives(UUID.randomUUID(), w.confirmed, "CONFIRMED"),
                        "I9"),
                mistake(
                        "a mail arrives as another one than it is",
                        w -> {
                            w.neverArrived(SmallWorld.mailOf(w.confirmed, "CONFIRMED"));
                            w.arrives(SmallWorld.mailOf(w.confirmed, "CONFIRMED"), w.confirmed, "EXPIRED");
                        },
                        "I9"),
                mistake(
                        "a mail about a booking nobody has",
                        w -> w.arrives(UUID.randomUUID(), UUID.randomUUID(), "CONFIRMED"),
                        "I9"),
                mistake(
                        "a mail is never sent",
                        w -> {
                            w.neverArrived(SmallWorld.mailOf(w.confirmed, "CONFIRMED"));
                            w.notification("update mail set state = 'WAITING', due_at = now() - interval '2 min'"
                                    + " where booking_id = '%s'".formatted(w.confirmed));
                        },
                        "I9"),
                mistake("a poison record stops a partition", w -> w.behind("payment-workers", "payments", 3), "I12"),
                mistake("a seventh attempt", w -> w.attempt(w.exhausted, 7), "I10"),
                mistake(
                        "what is paid is called for once more",
                        w -> w.called(w.confirmed, SmallWorld.paymentOf(w.confirmed), SmallWorld.NOW.plusSeconds(16)),
                        "I10"),
                mistake(
                        "what was taken back is tried on",
                        w -> {
                            w.paymentTold(w.expired, "payment.cancelled", SmallWorld.NOW);
                            w.called(w.expired, SmallWorld.paymentOf(w.expired), SmallWorld.NOW.plusSeconds(16));
                        },
                        "I10"),
                mistake(
                        "what was taken back before it came is tried",
                        w -> w.called(w.reserved, UUID.randomUUID(), SmallWorld.NOW),
                        "I10"),
                mistake("something decided is never told", w -> w.booking("""
                                insert into outbox (shard, topic, key, type, headers)
                                values (0, 'booking.events', '', 'booking.confirmed', '')
                                """), "I11"),
                mistake(
                        "one key makes two bookings",
                        w -> w.log("""
                        {"key":"key-%s","user":"marie","departure":"%s","people":2,"method":"pm_card_visa","http":202,\
                        "booking":"%s","replayed":true}\
                        """.formatted(w.confirmed, w.departure, w.reserved)),
                        "I13"),
                mistake("a repetition is not told as one", w -> w.asked(w.confirmed, 2, 202, false), "I13"),
                mistake("a key is accepted with another body", w -> w.asked(w.confirmed, 4, 202, true), "I13", "I1"),
                mistake("an accepted key is refused", w -> w.asked(w.confirmed, 2, 409, false), "I13"));
    }

    private static Mistake mistake(String name, Deed deed, String... broken) {
        return new Mistake(name, List.of(broken), deed);
    }

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
    @MethodSource("mistakes")
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
        world.told("booking.events", world.confirmed, 1);
        world.told("booking.events", world.confirmed, 2);

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
        world.paymentTold(world.exhausted, "payment.exhausted", SmallWorld.NOW);
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
