package escale.simulator.books;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import escale.simulator.payments.Change;
import escale.simulator.payments.Fact;
import escale.simulator.payments.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger: a fact, the state after it, and the answer its caller got.
 *
 * <p>The upper part (type to metadata) is there for whoever adds the file up without knowing this program; it is written
 * from the change and ignored when the file is read.
 *
 * @param seq 1, 2, 3 … without gaps
 * @param announced a webhook endpoint was waiting for it
 */
@JsonPropertyOrder({
    "seq",
    "time",
    "type",
    "paymentIntent",
    "charge",
    "refund",
    "amount",
    "currency",
    "metadata",
    "idempotencyKey",
    "announced",
    "answer",
    "change"
})
@JsonIgnoreProperties(
        value = {"type", "paymentIntent", "charge", "refund", "amount", "currency", "metadata"},
        allowGetters = true)
public record Line(
        long seq, Instant time, @Nullable String idempotencyKey, boolean announced, Answer answer, Change change) {

    @JsonProperty
    public Fact type() {
        return change.fact();
    }

    @JsonProperty
    @Nullable
    public String paymentIntent() {
        if (change.refund() != null) {
            return change.refund().intent();
        }
        return change.intent() == null ? null : change.intent().id();
    }

    @JsonProperty
    @Nullable
    String charge() {
        return change.charge() == null ? null : change.charge().id();
    }

    @JsonProperty
    @Nullable
    String refund() {
        return change.refund() == null ? null : change.refund().id();
    }

    @JsonProperty
    @Nullable
    Long amount() {
        if (change.refund() != null) {
            return change.refund().amount();
        }
        return change.intent() == null ? null : change.intent().order().amount();
    }

    @JsonProperty
    @Nullable
    String currency() {
        if (change.refund() != null) {
            return change.refund().currency();
        }
        return change.intent() == null ? null : change.intent().order().currency();
    }

    @JsonProperty
    @Nullable
    Map<String, String> metadata() {
        if (change.refund() != null) {
            return change.refund().metadata();
        }
        return change.intent() == null ? null : change.intent().order().metadata();
    }

    /** The object the call was about. */
    @JsonIgnore
    public Resource subject() {
        return change.refund() == null
                ? Objects.requireNonNull(change.intent(), "a line without a refund is about an intent")
                : change.refund();
    }
}
