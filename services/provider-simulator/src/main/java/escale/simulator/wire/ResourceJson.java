package escale.simulator.wire;

import escale.simulator.payments.Charge;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refund;
import escale.simulator.payments.Resource;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Payment intents, charges and refunds as the provider shows them. */
public final class ResourceJson {

    private final IntentJson intents;

    /** {@code base} is where the traveller's browser finds the authentication page. */
    public ResourceJson(Supplier<URI> base) {
        intents = new IntentJson(base);
    }

    public JsonOut.Part of(Resource resource) {
        return switch (resource) {
            case PaymentIntent intent -> out -> intents.write(out, intent, null);
            case Charge charge -> out -> ChargeJson.write(out, charge);
            case Refund refund -> out -> RefundJson.write(out, refund);
        };
    }

    /** An intent with its latest charge inside, as {@code expand[]=latest_charge} asks for. */
    public JsonOut.Part expanded(PaymentIntent intent, Function<String, @Nullable Charge> charges) {
        var charge = intent.latestCharge() == null ? null : charges.apply(intent.latestCharge());
        return out -> intents.write(out, intent, charge);
    }
}
