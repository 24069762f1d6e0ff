package escale.simulator.faults;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which calls a rule is for. What is absent matches everything, except that without {@code call} only money moves match. */
public record Match(
        @Nullable List<CallKind> call,
        @Nullable Map<String, String> metadata,
        @Nullable String paymentMethod,
        @Nullable String paymentIntent,
        @Nullable String idempotencyKey) {

    boolean covers(Subject subject) {
        return (call == null ? subject.call().movesMoney() : call.contains(subject.call()))
                && (metadata == null || subject.metadata().entrySet().containsAll(metadata.entrySet()))
                && (paymentMethod == null || Objects.equals(paymentMethod, subject.paymentMethod()))
                && (paymentIntent == null || Objects.equals(paymentIntent, subject.paymentIntent()))
                && (idempotencyKey == null || Objects.equals(idempotencyKey, subject.idempotencyKey()));
    }
}
