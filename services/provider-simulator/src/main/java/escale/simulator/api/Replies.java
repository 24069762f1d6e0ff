package escale.simulator.api;

import escale.simulator.books.Line;
import escale.simulator.http.Response;
import escale.simulator.payments.Charge;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refusal;
import escale.simulator.wire.EventJson;
import escale.simulator.wire.JsonOut;
import escale.simulator.wire.RefusalJson;
import escale.simulator.wire.ResourceJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts bodies and the provider's headers together. */
final class Replies {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";

    private final ResourceJson json;

    Replies(ResourceJson json) {
        this.json = json;
    }

    /** The answer a line of the ledger keeps, for its first caller or repeated. */
    Response of(Line line, Call call, boolean replayed) {
        var answer = line.answer();
        var refusal = answer.refusal();
        var headers = headers(call);
        if (replayed) {
            headers.put("Original-Request", answer.requestId());
            headers.put("Idempotent-Replayed", "true");
        }
        if (refusal == null) {
            return new Response(answer.status(), headers, JsonOut.document(subject(line, call)));
        }
        if (call.attempt().key() != null && refusal.status() != 400) {
            headers.put("Stripe-Should-Retry", "false"); // the same key brings the same answer
        }
        var shown = refusal.status() >= 500 ? null : line.change().intent();
        return new Response(answer.status(), headers, RefusalJson.document(refusal, shown, json));
    }

    private JsonOut.Part subject(Line line, Call call) {
        return line.subject() instanceof PaymentIntent intent && call.expands("latest_charge")
                ? json.expanded(intent, id -> charge(line, id))
                : json.of(line.subject());
    }

    private static @Nullable Charge charge(Line line, String id) {
        var charge = line.change().charge();
        return charge != null && charge.id().equals(id) ? charge : null;
    }

    Response of(byte[] body, Call call) {
        return new Response(200, headers(call), body);
    }

    /** A refusal that is not kept under the key. */
    Response of(Refusal refusal, Call call) {
        var headers = headers(call);
        if (refusal.status() == 409 || refusal.status() == 429 || refusal.status() >= 500) {
            headers.put("Stripe-Should-Retry", "true");
        }
        return new Response(refusal.status(), headers, RefusalJson.document(refusal, null, json));
    }

    /** A call that did not even come through the door. */
    Response of(Refusal refusal, String requestId) {
        var headers = Map.of(CONTENT_TYPE, JSON, "Request-Id", requestId);
        return new Response(refusal.status(), headers, RefusalJson.document(refusal, null, json));
    }

    private static Map<String, String> headers(Call call) {
        Map<String, String> headers = LinkedHashMap.newLinkedHashMap(7);
        headers.put(CONTENT_TYPE, JSON);
        headers.put("Request-Id", call.attempt().requestId());
        headers.put("Stripe-Version", Objects.requireNonNullElse(call.apiVersion(), EventJson.API_VERSION));
        var key = call.attempt().key();
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        return headers;
    }
}
