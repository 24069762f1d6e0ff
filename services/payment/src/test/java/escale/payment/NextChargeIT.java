package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.runtime.Trace;
import escale.sql.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A case whose traveller pays by link: its charge is taken back, the next one ordered, and perhaps somebody retries the case. */
class NextChargeIT {
    private static final String OPERATOR = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);

    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void the_next_charge_settles_the_case_and_nobody_can_retry_it() throws Exception {
        var failed = cases("settles", 1).getFirst();
        var next = payByLink(failed);
        service.awaitState(next.paymentId(), State.PAID);
        assertThat(service.state(failed.paymentId())).isEqualTo("CANCELLED");
        assertThat(service.count(
                        "select count(*) from dead_letter where id = ? and state = 'SETTLED'", failed.letter()))
                .isEqualTo(1);
        assertThat(retry(failed, 2)).isEqualTo(409);
        assertThat(service.provider().charges(failed.paymentId())).isZero();
    }

    /** Two workers may read the orders of a booking: what was begun by one may still be open when the other comes to the next. */
    @Test
    void while_a_charge_that_was_taken_back_may_still_have_taken_money_the_next_one_waits() throws Exception {
        var failed = cases("waits", 1).getFirst();
        service.provider().asks(failed.paymentId(), new Charge.Unknown("provider-timeout", Doubt.SAME_KEY));
        service.update("update payment set state = 'UNPROVEN' where id = ?", failed.paymentId());
        var next = payByLink(failed);
        await().until(() ->
                service.provider().calls("give-up", failed.paymentId()).size() > 0);
        awaitOthersCharged();
        assertThat(service.state(next.paymentId())).isEqualTo("ABSENT");

        service.provider().asks(failed.paymentId(), new Charge.Paid("pi_late"));
        service.awaitState(next.paymentId(), State.PAID);
        awaitGivenBack(failed);
        assertThat(service.provider().charges(next.paymentId())).isEqualTo(1);
        assertNoFurtherCase(failed);
    }

    @Test
    void of_retries_and_links_that_are_paid_at_once_each_booking_keeps_one_charge() throws Exception {
        var all = cases("race", 24);
        var nexts = new ArrayList<Order>();
        try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var failed : all) {
                operators.submit(() -> retry(failed, 1));
                nexts.add(payByLink(failed));
            }
        }
        for (var i = 0; i < all.size(); i++) {
            service.awaitState(nexts.get(i).paymentId(), State.PAID);
            var failed = all.get(i);
            await().until(() -> List.of("PAID", "CANCELLED").contains(service.state(failed.paymentId())));
            if (service.provider().charges(failed.paymentId()) > 0) {
                awaitGivenBack(failed);
            }
            assertThat(service.provider().charges(nexts.get(i).paymentId())).isEqualTo(1);
            assertNoFurtherCase(failed);
        }
    }

    /** A charge that came to nothing, proven unpaid, and its case. */
    private record Failed(UUID paymentId, UUID bookingId, UUID letter) {}

    private static List<Failed> cases(String cause, int count) {
        new FailedCharges(service, cause).make(count);
        return service.bean(Database.class)
                .read(tx -> tx.query(
                        "select payment_id, booking_id, id from dead_letter where cause = ?",
                        row -> new Failed(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getObject(3, UUID.class)),
                        cause));
    }

    private static int retry(Failed failed, int seen) throws IOException, InterruptedException {
        return service.call(
                        "POST",
                        "/v1/dead-letters/" + failed.letter() + "/replay",
                        OPERATOR,
                        "If-Match",
                        "\"" + seen + "\"")
                .statusCode();
    }

    /** What booking orders when the link is paid, in this order. */
    private static Order payByLink(Failed failed) {
        var trace = new Trace("", "request-1");
        service.cancel(order(failed.paymentId(), failed.bookingId(), 1, trace));
        var next = order(Ids.next(), failed.bookingId(), 2, trace);
        service.request(next);
        return next;
    }

    private static Order order(UUID payment, UUID booking, int chargeNo, Trace trace) {
        return new Order(payment, booking, chargeNo, "CHARGE", 9_000, "EUR", "pm_card_visa", "marie", trace);
    }

    /** Another booking, whose record is sent later, is charged meanwhile: that one waits holds up nobody else. */
    private static void awaitOthersCharged() {
        for (var i = 0; i < 10; i++) {
            var other = PaymentService.order();
            service.request(other);
            service.awaitState(other.paymentId(), State.PAID);
        }
    }

    private static void awaitGivenBack(Failed failed) {
        await().until(() -> service.provider().givenBack(failed.paymentId()) == 9_000);
        await().until(() -> service.count(
                        "select count(*) from refund where payment_id = ? and state = 'REFUNDED'", failed.paymentId())
                == 1);
    }

    private static void assertNoFurtherCase(Failed failed) {
        assertThat(service.count(
                        "select count(*) from dead_letter where booking_id = ? and state <> 'SETTLED'",
                        failed.bookingId()))
                .isZero();
        assertThat(service.count("select count(*) from dead_letter where booking_id = ?", failed.bookingId()))
                .isEqualTo(1);
    }
}
