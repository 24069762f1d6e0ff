package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends a redrive early, and whom it makes wait. */
class RedriveStopsIT {
    private final RedriveDesk desk = new RedriveDesk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void with_the_fault_still_there_it_stops_after_its_first_letter() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(1_000);
        desk.service.provider().always(payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        var redrive = desk.start("{\"cause\": \"fault\", \"rate\": 1000}");
        var end = desk.awaitEnd(redrive);
        assertThat(end.path("state").asText()).isEqualTo("STOPPED");
        assertThat(end.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(end.path("failed").asInt()).isEqualTo(1);
        assertThat(end.path("left").asInt()).isEqualTo(999);
        assertThat(end.path("failures")).hasToString("{\"not-at-provider\":1}");
        assertThat(payments.stream()
                        .filter(each ->
                                !desk.service.provider().calls("charge", each).isEmpty()))
                .hasSize(1);
        await("what failed again is a case again")
                .until(() -> desk.service.count("select count(*) from dead_letter where state = 'OPEN'") == 1_000);
    }

    @Test
    void more_failures_than_agreed_stop_a_later_batch_too() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(50);
        payments.subList(1, 11).forEach(each -> desk.service.provider().answer(each, desk::held));
        var redrive = desk.start("{\"stopAtPercent\": 20}");
        desk.awaitUnderWay(redrive, 10);
        desk.fail(payments.subList(1, 3));
        assertThat(desk.get(redrive).path("state").asText()).isEqualTo("RUNNING");
        desk.fail(payments.subList(3, 4));
        var end = desk.awaitEnd(redrive);
        assertThat(end.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(end.path("left").asInt()).isEqualTo(39);
        assertThat(end.path("underWay").asInt()).isEqualTo(7);
        desk.answer();
        await("what was under way is heard of")
                .until(() -> desk.get(redrive).path("settled").asInt() == 8);
    }

    @Test
    void an_outage_stops_it_before_it_touches_anything() throws Exception {
        new FailedCharges(desk.service, "fault").make(5);
        desk.service.update("insert into worker_breaker values ('far away', false, clock_timestamp(), 'infinity')");
        desk.service.update("insert into outage (id, cause) values (uuidv7(), 'provider') on conflict do nothing");
        assertThat(desk.awaitEnd(desk.start("{}")).path("why").asText()).isEqualTo("outage");
        desk.service.update("update outage set closed_at = clock_timestamp()");
        assertThat(desk.awaitEnd(desk.start("{}")).path("why").asText()).isEqualTo("breaker-open");
        assertThat(desk.service.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isEqualTo(5);
        assertThat(desk.service.count("select count(*) from dead_letter_action"))
                .isZero();
    }

    @Test
    void cancelled_it_replays_no_more_and_still_hears_what_was_under_way() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(50);
        payments.subList(1, 11).forEach(each -> desk.service.provider().answer(each, desk::held));
        var redrive = desk.start("{}");
        desk.awaitUnderWay(redrive, 10);
        var cancelled = desk.post(RedriveDesk.EMMA, "/" + redrive + "/cancel", "", "2");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(RedriveDesk.json(cancelled.body()).path("why").asText()).isEqualTo("cancelled by emma");
        assertThat(desk.post(RedriveDesk.PAUL, "/" + redrive + "/cancel", "", "2")
                        .statusCode())
                .isEqualTo(200);
        desk.answer();
        await().until(() -> desk.get(redrive).path("settled").asInt() == 11);
        assertThat(desk.get(redrive).path("left").asInt()).isEqualTo(39);
        assertThat(desk.service.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isEqualTo(39);
        var next = desk.start("{}");
        assertThat(desk.awaitEnd(next).path("settled").asInt()).isEqualTo(39);
        assertThat(desk.post(RedriveDesk.PAUL, "/" + next + "/cancel", "", "2").body())
                .contains("redrive-over");
    }

    @Test
    void of_two_operators_the_second_waits_and_the_same_key_is_the_same_redrive() throws Exception {
        var payments = new FailedCharges(desk.service, "fault").make(3);
        desk.service.provider().always(desk::held);
        var first = desk.post(RedriveDesk.PAUL, "", "{\"cause\": \"fault\"}", "key");
        assertThat(first.statusCode()).isEqualTo(202);
        var id = RedriveDesk.json(first.body()).path("redriveId").asText();
        assertThat(first.headers().firstValue("Location")).contains("/v1/dead-letters/redrives/" + id);
        var again = desk.post(RedriveDesk.PAUL, "", "{\"cause\": \"fault\"}", "key");
        assertThat(again.body()).contains(id);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(desk.post(RedriveDesk.PAUL, "", "{\"cause\": \"other\"}", "key")
                        .statusCode())
                .isEqualTo(422);
        var second = desk.post(RedriveDesk.EMMA, "", "{\"cause\": \"fault\"}", "key");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("redrive-running", id);
        desk.answer();
        desk.awaitEnd(UUID.fromString(id));
        assertThat(desk.post(RedriveDesk.EMMA, "", "{\"cause\": \"fault\"}", "key")
                        .body())
                .contains("nothing-to-redrive");
        assertThat(payments)
                .allSatisfy(each ->
                        assertThat(desk.service.provider().charges(each)).isEqualTo(1));
    }
}
