package escale.drill.invariants;

import escale.drill.world.ChangedBookings;
import escale.drill.world.SmallWorld;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One thing made wrong in a world that was healthy.
 *
 * @param broken every invariant that must say so, the one it is about first
 */
record Mistake(String name, List<String> broken, Deed deed) {
    @FunctionalInterface
    interface Deed {
        void on(SmallWorld world) throws Exception;
    }

    static Stream<Mistake> all() {
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
                        w -> w.topics.deadLetter("someone else"),
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
                mistake("a publication outside the transaction is lost", w -> w.topics.forgetLast(), "I8"),
                mistake(
                        "a version is left out",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.confirmed));
                            w.topics.told("booking.events", w.confirmed, 4);
                        },
                        "I8"),
                mistake(
                        "two versions change places",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.confirmed));
                            w.topics.told("booking.events", w.confirmed, 4);
                            w.topics.told("booking.events", w.confirmed, 3);
                        },
                        "I8"),
                mistake(
                        "what was cancelled is confirmed",
                        w -> {
                            w.booking("update booking set version = 4 where id = '%s'".formatted(w.refunded));
                            w.topics.told("booking.events", w.refunded, 4, "CONFIRMED");
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
                            w.topics.paymentTold(w.expired, "payment.cancelled", SmallWorld.NOW);
                            w.called(w.expired, SmallWorld.paymentOf(w.expired), SmallWorld.NOW.plusSeconds(16));
                        },
                        "I10"),
                mistake(
                        "what was taken back before it came is tried",
                        w -> w.called(w.reserved, UUID.randomUUID(), SmallWorld.NOW),
                        "I10"),
                mistake("something decided is never told", w -> w.booking("""
                                insert into outbox (topic, key, type, headers)
                                values ('booking.events', '', 'booking.confirmed', '')
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

    @Override
    public String toString() {
        return name + " breaks " + broken;
    }
}
