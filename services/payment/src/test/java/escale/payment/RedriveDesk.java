package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import escale.http.identity.Role;
import escale.testkit.Postgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Where operators order redrives and follow them, with a provider that can be made to take its time. */
final class RedriveDesk implements AutoCloseable {
    static final String PAUL = PaymentService.token("paul", Role.OPS_READ, Role.OPS_WRITE);
    static final String EMMA = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Postgres.Database database = Postgres.freshDatabase("payment");
    private final CountDownLatch answers = new CountDownLatch(1);
    PaymentService service = PaymentService.start(database, "payment-1");

    /** From now on the other one is asked. */
    void startAnother(String instance) {
        service = PaymentService.start(database, instance);
    }

    void answer() {
        answers.countDown();
    }

    UUID start(String wish) throws Exception {
        var answer = post(PAUL, "", wish, UUID.randomUUID().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(json(answer.body()).path("redriveId").asText());
    }

    JsonNode get(UUID redrive) throws Exception {
        return json(service.call("GET", "/v1/dead-letters/redrives/" + redrive, PAUL)
                .body());
    }

    JsonNode awaitEnd(UUID redrive) throws Exception {
        await("the end of the redrive")
                .atMost(Duration.ofMinutes(5)) // a step a second, and a ladder of half a minute
                .until(() -> !get(redrive).path("state").asText().equals("RUNNING"));
        return get(redrive);
    }

    void awaitUnderWay(UUID redrive, int letters) {
        await().until(() -> get(redrive).path("underWay").asInt() == letters);
    }

    /** The provider takes its time, until the test lets it answer. */
    Charge held(Payment payment) {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return service.provider().pay(payment);
    }

    /** As if the ladders of these had ended once more. */
    void fail(List<UUID> payments) {
        service.update(
                "update payment set state = 'FAILED', cause = 'provider-500', fence = fence + 1 where id = any (?)",
                (Object) payments.toArray(UUID[]::new));
    }

    HttpResponse<String> post(String operator, String path, String body, String key) throws Exception {
        return service.send(
                "POST",
                "/v1/dead-letters/redrives" + path,
                body,
                "Authorization",
                "Bearer " + operator,
                "Idempotency-Key",
                key);
    }

    static JsonNode json(String body) throws IOException {
        return JSON.readTree(body);
    }

    @Override
    public void close() {
        answer();
        service.close();
    }
}
