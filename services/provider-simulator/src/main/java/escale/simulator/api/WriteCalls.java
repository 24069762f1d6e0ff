package escale.simulator.api;

import escale.simulator.books.Decision;
import escale.simulator.books.Ids;
import escale.simulator.books.State;
import escale.simulator.payments.CancelPayment;
import escale.simulator.payments.Charge;
import escale.simulator.payments.ConfirmPayment;
import escale.simulator.payments.ConfirmPayment.Confirmation;
import escale.simulator.payments.CreatePayment;
import escale.simulator.payments.CreatePayment.NewIds;
import escale.simulator.payments.Decline;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Order;
import escale.simulator.payments.RefundCharge;
import escale.simulator.payments.Refusal;
import escale.simulator.payments.TestMethod;
import escale.simulator.payments.UpdatePayment;
import escale.simulator.payments.UpdatePayment.Update;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the calls that change something, and turns each call into a decision. */
final class WriteCalls {

    private static final Set<String> CREATE = Set.of(
            "amount",
            "automatic_payment_methods",
            "capture_method",
            "confirm",
            "confirmation_method",
            "currency",
            "customer",
            "description",
            "error_on_requires_action",
            "expand",
            "metadata",
            "off_session",
            "payment_method",
            "payment_method_types",
            "receipt_email",
            "return_url",
            "setup_future_usage",
            "shipping",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "use_stripe_sdk");
    private static final Set<String> CONFIRM = Set.of(
            "error_on_requires_action",
            "expand",
            "off_session",
            "payment_method",
            "receipt_email",
            "return_url",
            "use_stripe_sdk");
    private static final Set<String> UPDATE = Set.of(
            "amount",
            "currency",
            "customer",
            "description",
            "expand",
            "metadata",
            "payment_method",
            "payment_method_types",
            "receipt_email",
            "statement_descriptor",
            "statement_descriptor_suffix");
    private static final Set<String> CANCEL = Set.of("cancellation_reason", "expand");
    private static final Set<String> CANCELLATION_REASONS =
            Set.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");
    private static final Set<String> REFUND =
            Set.of("amount", "charge", "expand", "metadata", "payment_intent", "reason");
    private static final Set<String> REFUND_REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private WriteCalls() {}

    /** {@code forced} is a decline switched on from outside, for the calls that can be declined. */
    static Decision decision(Route route, Params params, @Nullable Decline forced) {
        MoneyParams.refuseCardData(params);
        return switch (route.call()) {
            case CREATE -> create(params, forced);
            case CONFIRM -> confirm(route.id(), params, forced);
            case UPDATE -> update(route.id(), params);
            case CANCEL -> cancel(route.id(), params);
            case REFUND -> refund(params);
            case RETRIEVE, LIST, SEARCH -> throw new IllegalArgumentException(route + " changes nothing");
        };
    }

    private static Decision create(Params params, @Nullable Decline forced) {
        params.allowOnly(CREATE);
        var order = new Order(
                MoneyParams.requiredAmount(params),
                MoneyParams.currency(params.required("currency")),
                params.text("customer"),
                params.text("description"),
                params.text("receipt_email"),
                MoneyParams.returnUrl(params),
                MoneyParams.metadata(params));
        MoneyParams.refuseManualCapture(params);
        var method = method(params);
        var confirmation = params.flag("confirm") ? confirmation(params, forced) : null;
        if (confirmation != null) {
            MoneyParams.requireReturnUrlForRedirects(params);
        }
        var ids = new NewIds(Ids.intent(), Ids.charge());
        return (_, now) -> CreatePayment.create(order, method, confirmation, ids, now);
    }

    private static Decision confirm(String id, Params params, @Nullable Decline forced) {
        params.allowOnly(CONFIRM);
        var confirmation = confirmation(params, forced);
        var charge = Ids.charge();
        return (state, now) -> ConfirmPayment.confirm(state.intent(id), confirmation, charge, now);
    }

    private static Confirmation confirmation(Params params, @Nullable Decline forced) {
        boolean unattended = MoneyParams.offSession(params) || params.flag("error_on_requires_action");
        return new Confirmation(method(params), MoneyParams.returnUrl(params), unattended, forced);
    }

    private static @Nullable TestMethod method(Params params) {
        var token = params.text("payment_method");
        return token == null ? null : TestMethod.of(token);
    }

    private static Decision update(String id, Params params) {
        params.allowOnly(UPDATE);
        var currency = params.text("currency");
        var update = new Update(
                MoneyParams.amount(params),
                currency == null ? null : MoneyParams.currency(currency),
                params.text("customer"),
                params.text("description"),
                params.text("receipt_email"),
                method(params),
                MoneyParams.metadata(params));
        return (state, _) -> UpdatePayment.update(state.intent(id), update);
    }

    private static Decision cancel(String id, Params params) {
        params.allowOnly(CANCEL);
        var reason = oneOf(CANCELLATION_REASONS, params, "cancellation_reason");
        return (state, now) -> CancelPayment.cancel(state.intent(id), reason, now);
    }

    private static Decision refund(Params params) {
        params.allowOnly(REFUND);
        var request = new RefundCharge.Request(
                MoneyParams.amount(params), oneOf(REFUND_REASONS, params, "reason"), MoneyParams.metadata(params));
        if (params.text("charge") == null && params.text("payment_intent") == null) {
            throw Params.invalid(
                    "parameter_missing",
                    "One of the following params should be provided: payment_intent or charge.",
                    "charge");
        }
        var id = Ids.refund();
        return (state, now) -> RefundCharge.refund(charge(state, params), request, id, now);
    }

    private static Charge charge(State state, Params params) {
        var chargeId = params.text("charge");
        if (chargeId == null) {
            return chargeOf(state, params.required("payment_intent"));
        }
        var charge = state.findCharge(chargeId);
        if (charge == null) {
            throw new InvalidRequest(Refusal.missingReference("charge", chargeId, "charge"));
        }
        return charge;
    }

    private static Charge chargeOf(State state, String intentId) {
        var intent = state.findIntent(intentId);
        if (intent == null) {
            throw new InvalidRequest(Refusal.missingReference("payment_intent", intentId, "payment_intent"));
        }
        var latest = intent.latestCharge();
        var charge = latest == null ? null : state.findCharge(latest);
        if (charge == null || !charge.paid()) {
            throw new InvalidRequest(Refusal.unexpectedState(
                    "This PaymentIntent (" + intentId + ") does not have a successful charge to refund."));
        }
        return charge;
    }

    private static @Nullable String oneOf(Set<String> allowed, Params params, String name) {
        var value = params.text(name);
        if (value != null && !allowed.contains(value)) {
            throw Params.invalid(
                    "parameter_invalid",
                    "Invalid " + name + ": must be one of "
                            + String.join(", ", allowed.stream().sorted().toList()),
                    name);
        }
        return value;
    }
}
