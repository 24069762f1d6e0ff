package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import escale.http.identity.Role;
import escale.payment.redrive.ContinueRedrive;
import escale.sql.Database;
import escale.testkit.Postgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveIT {
    private static final String PAUL = PaymentService.token("paul", Role.OPS_READ, Role.OPS_WRITE);
    private static final String EMMA = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Postgres.Database database = Postgres.freshDatabase("payment");
    private final CountDownLatch answers = new CountDownLatch(1);
    private PaymentService service;

    @BeforeEach
    void start() {
        service = PaymentService.start(database, "payment-1");
    }

    @AfterEach
    void stop() {
        answers.countDown();
        service.close();
    }

    @Test
    void with_the_fault_still_there_it_stops_after_its_first_letter() throws Exception {
        var payments = new FailedCharges(service, "fault").make(1_000);
        service.provider().always(payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        var redrive = start("{\"cause\": \"fault\", \"rate\": 1000}");
        var end = awaitEnd(redrive);
        assertThat(end.path("state").asText()).isEqualTo("STOPPED");
        assertThat(end.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(end.path("failed").asInt()).isEqualTo(1);
        assertThat(end.path("left").asInt()).isEqualTo(999);
        assertThat(end.path("failures")).hasToString("{\"not-at-provider\":1}");
        assertThat(payments.stream()
                        .filter(each ->
                                !service.provider().calls("charge", each).isEmpty()))
                .hasSize(1);
        await("what failed again is a case again")
                .until(() -> service.count("select count(*) from dead_letter where state = 'OPEN'") == 1_000);
    }

    @Test
    void with_the_fault_gone_every_letter_is_settled_once_in_batches_that_grow() throws Exception {
        var payments = new FailedCharges(service, "fault").make(1_000);
        var redrive = start("{\"cause\": \"fault\", \"rate\": 1000, \"note\": \"incident over\"}");
        var end = awaitEnd(redrive);
        assertThat(end.path("state").asText()).isEqualTo("DONE");
        assertThat(end.path("outcomes").path("PAID").asInt()).isEqualTo(1_000);
        List<Integer> batches = service.bean(Database.class)
                .read(tx -> tx.query(
                        "select count(*) from redrive_letter group by batch order by batch", row -> row.getInt(1)));
        assertThat(batches).startsWith(1, 10, 100, 100).hasSize(12);
        assertThat(payments).allSatisfy(each -> {
            assertThat(service.provider().charges(each)).isEqualTo(1);
            assertThat(service.provider().calls("charge", each)).hasSize(1);
            assertThat(service.provider().calls("ask", each)).isNotEmpty();
        });
        assertThat(service.count("select count(*) from dead_letter where state = 'SETTLED'"))
                .isEqualTo(1_000);
        assertThat(service.count(
                        "select count(*) from dead_letter_action where actor = 'paul' and action = 'replay' and detail = ?",
                        "redrive " + redrive + ": incident over"))
                .isEqualTo(1_000);
    }

    @Test
    void more_failures_than_agreed_stop_a_later_batch_too() throws Exception {
        var payments = new FailedCharges(service, "fault").make(50);
        payments.subList(1, 11).forEach(each -> service.provider().answer(each, this::held));
        var redrive = start("{\"stopAtPercent\": 20}");
        awaitUnderWay(redrive, 10);
        fail(payments.subList(1, 3));
        assertThat(get(redrive).path("state").asText()).isEqualTo("RUNNING");
        fail(payments.subList(3, 4));
        var end = awaitEnd(redrive);
        assertThat(end.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(end.path("left").asInt()).isEqualTo(39);
        assertThat(end.path("underWay").asInt()).isEqualTo(7);
        answers.countDown();
        await("what was under way is heard of")
                .until(() -> get(redrive).path("settled").asInt() == 8);
    }

    @Test
    void an_outage_stops_it_before_it_touches_anything() throws Exception {
        new FailedCharges(service, "fault").make(5);
        service.update("insert into worker_breaker values ('far away', false, clock_timestamp(), 'infinity')");
        service.update("insert into outage (id, cause) values (uuidv7(), 'provider') on conflict do nothing");
        assertThat(awaitEnd(start("{}")).path("why").asText()).isEqualTo("outage");
        service.update("update outage set closed_at = clock_timestamp()");
        assertThat(awaitEnd(start("{}")).path("why").asText()).isEqualTo("breaker-open");
        assertThat(service.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isEqualTo(5);
        assertThat(service.count("select count(*) from dead_letter_action")).isZero();
    }

    @Test
    void cancelled_it_replays_no_more_and_still_hears_what_was_under_way() throws Exception {
        var payments = new FailedCharges(service, "fault").make(50);
        payments.subList(1, 11).forEach(each -> service.provider().answer(each, this::held));
        var redrive = start("{}");
        awaitUnderWay(redrive, 10);
        var cancelled = post(EMMA, "/" + redrive + "/cancel", "", "2");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(cancelled.body()).path("why").asText()).isEqualTo("cancelled by emma");
        assertThat(post(PAUL, "/" + redrive + "/cancel", "", "2").statusCode()).isEqualTo(200);
        answers.countDown();
        await().until(() -> get(redrive).path("settled").asInt() == 11);
        assertThat(get(redrive).path("left").asInt()).isEqualTo(39);
        assertThat(service.count("select count(*) from dead_letter where state = 'OPEN'"))
                .isEqualTo(39);
        var next = start("{}");
        assertThat(awaitEnd(next).path("settled").asInt()).isEqualTo(39);
        assertThat(post(PAUL, "/" + next + "/cancel", "", "2").body()).contains("redrive-over");
    }

    @Test
    void of_two_operators_the_second_waits_and_the_same_key_is_the_same_redrive() throws Exception {
        var payments = new FailedCharges(service, "fault").make(3);
        service.provider().always(this::held);
        var first = post(PAUL, "", "{\"cause\": \"fault\"}", "key");
        assertThat(first.statusCode()).isEqualTo(202);
        var id = JSON.readTree(first.body()).path("redriveId").asText();
        assertThat(first.headers().firstValue("Location")).contains("/v1/dead-letters/redrives/" + id);
        var again = post(PAUL, "", "{\"cause\": \"fault\"}", "key");
        assertThat(again.body()).contains(id);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(post(PAUL, "", "{\"cause\": \"other\"}", "key").statusCode()).isEqualTo(422);
        var second = post(EMMA, "", "{\"cause\": \"fault\"}", "key");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("redrive-running", id);
        answers.countDown();
        awaitEnd(UUID.fromString(id));
        assertThat(post(EMMA, "", "{\"cause\": \"fault\"}", "key").body()).contains("nothing-to-redrive");
        assertThat(payments)
                .allSatisfy(each -> assertThat(service.provider().charges(each)).isEqualTo(1));
    }

    @Test
    void a_letter_somebody_took_in_hand_meanwhile_is_left_to_them() throws Exception {
        var charges = new FailedCharges(service, "fault");
        var payments = charges.make(3);
        service.provider().answer(payments.getFirst(), this::held);
        var redrive = start("{}");
        awaitUnderWay(redrive, 1);
        var taken = charges.letter(payments.get(1));
        assertThat(service.send(
                                "PUT",
                                "/v1/dead-letters/" + taken + "/owner",
                                "{\"owner\": \"emma\"}",
                                "Authorization",
                                "Bearer " + EMMA,
                                "If-Match",
                                "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        answers.countDown();
        var end = awaitEnd(redrive);
        assertThat(end.path("outcomes")).hasToString("{\"PAID\":2,\"SKIPPED\":1}");
        assertThat(service.provider().calls("charge", payments.get(1))).isEmpty();
        assertThat(service.state(payments.get(1))).isEqualTo("FAILED");
    }

    @Test
    void an_instance_that_hangs_in_a_step_and_dies_leaves_it_to_the_others() throws Exception {
        var payments = new FailedCharges(service, "fault").make(30);
        service.provider().answer(payments.getFirst(), this::held);
        var redrive = start("{}");
        awaitUnderWay(redrive, 1);
        var hangs = new CountDownLatch(1);
        var dies = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var step = threads.submit(() -> service.bean(Database.class).transaction(tx -> {
                tx.update("update redrive set batch = 999 where id = ?", redrive);
                hangs.countDown();
                await().until(() -> dies.getCount() == 0);
                throw new IllegalStateException("killed in the middle of its step");
            }));
            hangs.await();
            answers.countDown();
            service.awaitState(payments.getFirst(), State.PAID);
            service.bean(ContinueRedrive.class).round();
            assertThat(service.count("select count(*) from redrive_letter where batch is not null"))
                    .isEqualTo(1);
            dies.countDown();
            assertThat(catchThrowable(step::get)).hasMessageContaining("killed");
        }
        assertThat(awaitEnd(redrive).path("outcomes")).hasToString("{\"PAID\":30}");
        assertThat(get(redrive).path("batch").asInt()).isEqualTo(3);
    }

    @Test
    void an_instance_that_is_gone_is_replaced_by_another_and_nothing_is_charged_twice() throws Exception {
        var payments = new FailedCharges(service, "fault").make(200);
        payments.subList(11, 111).forEach(each -> service.provider().answer(each, this::held));
        var redrive = start("{\"rate\": 60}");
        awaitUnderWay(redrive, 60);
        var gone = service;
        var itsProvider = service.provider();
        service = PaymentService.start(database, "payment-2");
        answers.countDown();
        gone.close();
        var end = awaitEnd(redrive);
        assertThat(end.path("outcomes")).hasToString("{\"PAID\":200}");
        assertThat(end.path("instance").asText()).isEqualTo("payment-2");
        // Who finds a lease run out asks again, under the same key: for the provider that is one charge.
        assertThat(payments)
                .allSatisfy(each -> assertThat(Stream.of(itsProvider, service.provider())
                                .flatMap(provider -> provider.calls("charge", each).stream())
                                .map(ScriptedProvider.Call::key)
                                .distinct())
                        .hasSize(1));
    }

    private UUID start(String wish) throws Exception {
        var answer = post(PAUL, "", wish, UUID.randomUUID().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(JSON.readTree(answer.body()).path("redriveId").asText());
    }

    private JsonNode get(UUID redrive) throws Exception {
        return JSON.readTree(service.call("GET", "/v1/dead-letters/redrives/" + redrive, PAUL)
                .body());
    }

    private JsonNode awaitEnd(UUID redrive) throws Exception {
        await("the end of the redrive")
                .atMost(Duration.ofMinutes(5)) // a step a second, and a ladder of half a minute
                .until(() -> !get(redrive).path("state").asText().equals("RUNNING"));
        return get(redrive);
    }

    private void awaitUnderWay(UUID redrive, int letters) {
        await().until(() -> get(redrive).path("underWay").asInt() == letters);
    }

    /** The provider takes its time, until the test lets it answer. */
    private Charge held(Payment payment) {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return service.provider().pay(payment);
    }

    /** As if the ladders of these had ended once more. */
    private void fail(List<UUID> payments) {
        service.update(
                "update payment set state = 'FAILED', cause = 'provider-500', fence = fence + 1 where id = any (?)",
                (Object) payments.toArray(UUID[]::new));
    }

    private HttpResponse<String> post(String operator, String path, String body, String key) throws Exception {
        return service.send(
                "POST",
                "/v1/dead-letters/redrives" + path,
                body,
                "Authorization",
                "Bearer " + operator,
                "Idempotency-Key",
                key);
    }
}
