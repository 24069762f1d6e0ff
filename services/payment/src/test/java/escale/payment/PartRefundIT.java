package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.payment.refund.Refunding;
import escale.payment.refund.Refunds;
import escale.runtime.Ids;
import escale.sql.Database;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.TopicProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A booking was changed, and a part of what was paid for it goes back. */
class PartRefundIT {
    private static final String OPERATOR = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);
    private static PaymentService service;
    private static TopicProbe events;

    @BeforeAll
    static void start() {
        service = PaymentService.start();
        events = Kafka.topics().probe("payment.events");
    }

    @AfterAll
    static void stop() {
        events.records()
                .forEach(record -> Contracts.assertValid(record.headers().get("ce_type"), record.value()));
        events.close();
        service.close();
    }

    @Test
    void a_part_goes_back_once_however_often_it_is_asked_for_and_the_charge_stays_paid() {
        var charge = paid(PaymentService.order());
        var request = Ids.next();
        for (var i = 0; i < 4; i++) {
            giveBack(request, charge.bookingId(), 4_000);
        }
        giveBack(Ids.next(), charge.bookingId(), 500);
        awaitRefunded(charge, 4_500);
        assertThat(service.count("select count(*) from refund where payment_id = ?", charge.paymentId()))
                .isEqualTo(2);
        assertThat(service.state(charge.paymentId())).isEqualTo("PAID");
        awaitTold(charge.bookingId(), "\"remaining\":4500,\"reason\":\"booking-changed\"");
    }

    @Test
    void the_latest_charges_give_first_and_what_is_left_goes_back_when_all_are_taken_back() {
        var first = paid(PaymentService.order());
        var supplement = paid(supplement(first, 2_000));
        giveBack(Ids.next(), first.bookingId(), 3_000);
        awaitRefunded(supplement, 2_000);
        awaitRefunded(first, 1_000);
        service.cancel(first);
        service.cancel(supplement);
        awaitRefunded(first, 9_000);
        awaitTold(first.bookingId(), "\"refundAmount\":8000,\"remaining\":0,\"reason\":\"booking-cancelled\"");
        assertThat(service.provider().givenBack(supplement.paymentId())).isEqualTo(2_000);
    }

    @Test
    void a_part_that_the_provider_refuses_becomes_a_case_that_can_be_tried_again() throws Exception {
        var charge = paid(PaymentService.order());
        service.provider().refunds(refund -> new Refunding.Refused("insufficient_balance"));
        giveBack(Ids.next(), charge.bookingId(), 4_000);
        var letters = "select count(*) from dead_letter where booking_id = ? and state = 'OPEN'";
        await().until(() -> service.count(letters, charge.bookingId()) == 1);
        service.provider().refunds(service.provider()::giveBack);
        var letter = service.id("select id from dead_letter where booking_id = ?", charge.bookingId());
        service.call("POST", "/v1/dead-letters/" + letter + "/replay", OPERATOR, "If-Match", "\"1\"");
        awaitRefunded(charge, 4_000);
    }

    @Test
    void more_than_was_paid_is_laid_before_people_and_nothing_of_it_goes_back() {
        var charge = paid(PaymentService.order());
        giveBack(Ids.next(), charge.bookingId(), 9_001);
        await().until(() -> service.count(
                        "select count(*) from dead_letter where record_key = ?",
                        charge.bookingId().toString())
                == 1);
        assertThat(service.count("select count(*) from refund where payment_id = ?", charge.paymentId()))
                .isZero();
    }

    /** Nothing would ever tell booking that everything is back. */
    @Test
    void of_two_refunds_that_end_at_once_one_knows_that_nothing_is_left() throws Exception {
        service.provider().refunds(refund -> new Refunding.Refused("insufficient_balance"));
        var bookings = new ArrayList<Order>();
        for (var i = 0; i < 12; i++) {
            var first = paid(PaymentService.order());
            service.cancel(paid(supplement(first, 2_000)));
            service.cancel(first);
            bookings.add(first);
        }
        for (var each : bookings) {
            await().until(() -> refusedOf(each).size() == 2);
            atOnce(refusedOf(each));
        }
        service.provider().refunds(service.provider()::giveBack);
        for (var each : bookings) {
            awaitTold(each.bookingId(), "\"remaining\":0");
        }
    }

    private static List<UUID> refusedOf(Order charge) {
        return service.bean(Database.class)
                .read(tx -> tx.query("""
                select r.id from refund r join payment p on p.id = r.payment_id
                where p.booking_id = ? and r.state = 'REFUSED'
                """, row -> row.getObject(1, UUID.class), charge.bookingId()));
    }

    private static void atOnce(List<UUID> refunds) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(refunds.size())) {
            threads.invokeAll(refunds.stream()
                    .map(id -> (Callable<Boolean>) () -> service.bean(Database.class)
                            .transaction(tx -> service.bean(Refunds.class).wentBackOutside(tx, id, "transfer")))
                    .toList());
        }
    }

    private static Order paid(Order order) {
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        return order;
    }

    private static Order supplement(Order first, long amount) {
        return new Order(
                Ids.next(),
                first.bookingId(),
                2,
                "SUPPLEMENT",
                amount,
                "EUR",
                first.method(),
                first.userId(),
                first.trace());
    }

    /** What booking would send. */
    private static void giveBack(UUID request, UUID booking, long amount) {
        var json = """
                {"requestId": "%s", "bookingId": "%s", "amount": %d, "currency": "EUR", "reason": "booking-changed",
                 "requestedAt": "2026-05-04T08:16:30Z"}
                """.formatted(request, booking, amount);
        Contracts.assertValid("payment.refund-requested", json.getBytes());
        service.send("payments", booking.toString(), "payment.refund-requested", json.getBytes());
    }

    private static void awaitRefunded(Order charge, long amount) {
        await(charge.paymentId() + " " + amount)
                .until(() -> service.provider().givenBack(charge.paymentId()) == amount
                        && service.count(
                                        "select count(*) from refund where payment_id = ? and state <> 'REFUNDED'",
                                        charge.paymentId())
                                == 0);
    }

    private static void awaitTold(UUID booking, String what) {
        events.awaitMatching(record -> booking.toString().equals(record.key())
                && "payment.refunded".equals(record.headers().get("ce_type"))
                && record.text().contains(what));
    }
}
