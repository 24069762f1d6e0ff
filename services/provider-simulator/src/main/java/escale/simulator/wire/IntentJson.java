package escale.simulator.wire;

import escale.simulator.payments.Charge;
import escale.simulator.payments.Decline;
import escale.simulator.payments.IntentStatus;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.PaymentIntent.Cancellation;
import escale.simulator.payments.PaymentIntent.Failure;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A payment intent as JSON. */
final class IntentJson {

    private final Supplier<URI> base;

    IntentJson(Supplier<URI> base) {
        this.base = base;
    }

    void write(JsonOut out, PaymentIntent intent, @Nullable Charge expanded) {
        var order = intent.order();
        out.field("id", intent.id())
                .field("object", "payment_intent")
                .field("amount", order.amount())
                .field("amount_capturable", 0)
                .field("amount_received", intent.paid() ? order.amount() : 0)
                .object(
                        "automatic_payment_methods",
                        methods -> methods.field("allow_redirects", "always").field("enabled", true));
        cancellation(out, intent.cancellation());
        out.field("capture_method", "automatic")
                .field("client_secret", intent.clientSecret())
                .field("confirmation_method", "automatic")
                .field("created", intent.created())
                .field("currency", order.currency())
                .field("customer", order.customer())
                .field("description", order.description());
        lastError(out, intent.lastError());
        if (expanded == null) {
            out.field("latest_charge", intent.latestCharge());
        } else {
            out.object("latest_charge", charge -> ChargeJson.write(charge, expanded));
        }
        out.field("livemode", false).object("metadata", order.metadata());
        nextAction(out, intent);
        var method = intent.method();
        out.field("payment_method", method == null ? null : method.token())
                .list("payment_method_types", List.of("card"))
                .field("receipt_email", order.receiptEmail())
                .field("status", intent.status().wire());
    }

    private static void cancellation(JsonOut out, @Nullable Cancellation cancellation) {
        if (cancellation == null) {
            out.nothing("canceled_at", "cancellation_reason");
        } else {
            out.field("canceled_at", cancellation.at()).field("cancellation_reason", cancellation.reason());
        }
    }

    private static void lastError(JsonOut out, @Nullable Failure failure) {
        if (failure == null) {
            out.nothing("last_payment_error");
            return;
        }
        Decline decline = failure.decline();
        out.object("last_payment_error", error -> {
            if (failure.charge() != null) {
                error.field("charge", failure.charge());
            }
            error.field("code", decline.code());
            if (decline.declineCode() != null) {
                error.field("decline_code", decline.declineCode());
            }
            error.field("message", decline.message())
                    .object("payment_method", method -> CardJson.paymentMethod(method, failure.method()))
                    .field("type", decline.declineCode() == null ? "invalid_request_error" : "card_error");
        });
    }

    private void nextAction(JsonOut out, PaymentIntent intent) {
        if (intent.status() != IntentStatus.REQUIRES_ACTION) {
            out.nothing("next_action");
            return;
        }
        out.object(
                "next_action",
                action -> action.object(
                                "redirect_to_url",
                                redirect -> redirect.field(
                                                "return_url", intent.order().returnUrl())
                                        .field(
                                                "url",
                                                base.get()
                                                        .resolve("/3ds/" + intent.id())
                                                        .toString()))
                        .field("type", "redirect_to_url"));
    }
}
