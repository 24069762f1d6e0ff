package escale.simulator.wire;

import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refusal;
import org.jspecify.annotations.Nullable;

/** The provider's error body. */
public final class RefusalJson {

    private RefusalJson() {}

    /** {@code intent} is shown with the error where one stood in the way. */
    public static byte[] document(Refusal refusal, @Nullable PaymentIntent intent, ResourceJson resources) {
        return JsonOut.document(out -> out.object("error", error -> {
            optional(error, "code", refusal.code());
            optional(error, "decline_code", refusal.declineCode());
            error.field("message", refusal.message());
            optional(error, "param", refusal.param());
            if (intent != null) {
                shown(error, intent, resources);
            }
            error.field("type", refusal.type());
        }));
    }

    private static void shown(JsonOut error, PaymentIntent intent, ResourceJson resources) {
        error.object("payment_intent", resources.of(intent));
        var failure = intent.lastError();
        if (failure != null && failure.charge() != null) {
            error.field("charge", failure.charge());
        }
        var method = failure == null ? intent.method() : failure.method();
        if (method != null) {
            error.object("payment_method", out -> CardJson.paymentMethod(out, method));
        }
    }

    private static void optional(JsonOut out, String name, @Nullable String value) {
        if (value != null) {
            out.field(name, value);
        }
    }
}
