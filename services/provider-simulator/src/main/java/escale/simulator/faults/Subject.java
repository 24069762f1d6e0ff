package escale.simulator.faults;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule can see of a call: for a call on an existing intent, also what the intent carries. */
public record Subject(
        CallKind call,
        Map<String, String> metadata,
        @Nullable String paymentMethod,
        @Nullable String paymentIntent,
        @Nullable String idempotencyKey) {}
