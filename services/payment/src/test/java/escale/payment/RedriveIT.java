package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import escale.payment.redrive.ContinueRedrive;
import escale.sql.Database;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a redrive settles, and that whoever dies amid it leaves it to the others. */
class RedriveIT {
    private final RedriveDesk desk = new RedriveDesk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void with_the_fault_gone_every_letter_is_settled_once_in_batches_that_grow() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(1_000);
        var redrive = desk.start("{\"cause\": \"fault\", \"rate\": 1000, \"note\": \"incident over\"}");
        var end = desk.awaitEnd(redrive);
        assertThat(end.path("state").asText()).isEqualTo("DONE");
        assertThat(end.path("outcomes").path("PAID").asInt()).isEqualTo(1_000);
        List<Integer> batches = desk.service
                .bean(Database.class)
                .read(tx -> tx.query(
                        "select count(*) from redrive_letter group by batch order by batch", row -> row.getInt(1)));
        assertThat(batches).startsWith(1, 10, 100, 100).hasSize(12);
        assertThat(payments).allSatisfy(each -> {
            assertThat(desk.service.provider().charges(each)).isEqualTo(1);
            assertThat(desk.service.provider().calls("charge", each)).hasSize(1);
            assertThat(desk.service.provider().calls("ask", each)).isNotEmpty();
        });
        assertThat(desk.service.count("select count(*) from dead_letter where state = 'SETTLED'"))
                .isEqualTo(1_000);
        assertThat(desk.service.count(
                        "select count(*) from dead_letter_action where actor = 'paul' and action = 'replay' and detail = ?",
                        "redrive " + redrive + ": incident over"))
                .isEqualTo(1_000);
    }

    @Test
    void a_letter_somebody_took_in_hand_meanwhile_is_left_to_them() throws Exception {
        var charges = new FailedCharges(desk.service, "fault");
        var payments = charges.make(3);
        desk.service.provider().answer(payments.getFirst(), desk::held);
        var redrive = desk.start("{}");
        desk.awaitUnderWay(redrive, 1);
        var taken = charges.letter(payments.get(1));
        assertThat(desk.service
                        .send(
                                "PUT",
                                "/v1/dead-letters/" + taken + "/owner",
                                "{\"owner\": \"emma\"}",
                                "Authorization",
                                "Bearer " + RedriveDesk.EMMA,
                                "If-Match",
                                "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        desk.answer();
        var end = desk.awaitEnd(redrive);
        assertThat(end.path("outcomes")).hasToString("{\"PAID\":2,\"SKIPPED\":1}");
        assertThat(desk.service.provider().calls("charge", payments.get(1))).isEmpty();
        assertThat(desk.service.state(payments.get(1))).isEqualTo("FAILED");
    }

    @Test
    void an_instance_that_hangs_in_a_step_and_dies_leaves_it_to_the_others() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(30);
        desk.service.provider().answer(payments.getFirst(), desk::held);
        var redrive = desk.start("{}");
        desk.awaitUnderWay(redrive, 1);
        var hangs = new CountDownLatch(1);
        var dies = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var step = threads.submit(() -> desk.service.bean(Database.class).transaction(tx -> {
                tx.update("update redrive set batch = 999 where id = ?", redrive);
                hangs.countDown();
                await().until(() -> dies.getCount() == 0);
                throw new IllegalStateException("killed in the middle of its step");
            }));
            hangs.await();
            desk.answer();
            desk.service.awaitState(payments.getFirst(), State.PAID);
            desk.service.bean(ContinueRedrive.class).round();
            assertThat(desk.service.count("select count(*) from redrive_letter where batch is not null"))
                    .isEqualTo(1);
            dies.countDown();
            assertThat(catchThrowable(step::get)).hasMessageContaining("killed");
        }
        assertThat(desk.awaitEnd(redrive).path("outcomes")).hasToString("{\"PAID\":30}");
        assertThat(desk.get(redrive).path("batch").asInt()).isEqualTo(3);
    }

    @Test
    void an_instance_that_is_gone_is_replaced_by_another_and_nothing_is_charged_twice() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(200);
        payments.subList(11, 111).forEach(each -> desk.service.provider().answer(each, desk::held));
        var redrive = desk.start("{\"rate\": 60}");
        desk.awaitUnderWay(redrive, 60);
        var gone = desk.service;
        var itsProvider = desk.service.provider();
        desk.startAnother("payment-2");
        desk.answer();
        gone.close();
        var end = desk.awaitEnd(redrive);
        assertThat(end.path("outcomes")).hasToString("{\"PAID\":200}");
        assertThat(end.path("instance").asText()).isEqualTo("payment-2");
        // Who finds a lease run out asks again, under the same key: for the provider that is one charge.
        assertThat(payments)
                .allSatisfy(each -> assertThat(Stream.of(itsProvider, desk.service.provider())
                                .flatMap(provider -> provider.calls("charge", each).stream())
                                .map(ScriptedProvider.Call::key)
                                .distinct())
                        .hasSize(1));
    }
}
