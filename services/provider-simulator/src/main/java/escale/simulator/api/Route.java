package escale.simulator.api;

import escale.simulator.faults.CallKind;
import escale.simulator.http.Request;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;

/**
 * Where a call goes.
 *
 * @param id of the object in the path; empty where there is none
 */
record Route(CallKind call, Target target, String id) {

    /** The kinds of things the API knows. */
    enum Target {
        INTENT,
        CHARGE,
        REFUND,
        BALANCE,
        EVENT
    }

    boolean writes() {
        return switch (call) {
            case CREATE, CONFIRM, REFUND, UPDATE, CANCEL -> true;
            case RETRIEVE, LIST, SEARCH -> false;
        };
    }

    static Route of(Request request) {
        var parts = request.path().split("/");
        boolean post = request.method().equals("POST");
        if (parts.length < 3
                || !parts[1].equals("v1")
                || !(post || request.method().equals("GET"))) {
            throw unknown(request);
        }
        var id = parts.length > 3 ? parts[3] : "";
        return switch (parts[2]) {
            case "payment_intents" -> intent(request, post, id, parts);
            case "refunds" ->
                post && id.isEmpty()
                        ? new Route(CallKind.REFUND, Target.REFUND, "")
                        : read(request, Target.REFUND, id, parts);
            case "charges" -> read(request, Target.CHARGE, id, parts);
            case "events" -> read(request, Target.EVENT, id, parts);
            case "balance" ->
                parts.length == 3 && !post ? new Route(CallKind.RETRIEVE, Target.BALANCE, "") : fail(request);
            default -> throw unknown(request);
        };
    }

    private static Route intent(Request request, boolean post, String id, String[] parts) {
        if (!post) {
            return id.equals("search") && parts.length == 4
                    ? new Route(CallKind.SEARCH, Target.INTENT, "")
                    : read(request, Target.INTENT, id, parts);
        }
        var call = switch (parts.length) {
            case 3 -> CallKind.CREATE;
            case 4 -> CallKind.UPDATE;
            case 5 ->
                switch (parts[4]) {
                    case "confirm" -> CallKind.CONFIRM;
                    case "cancel" -> CallKind.CANCEL;
                    default -> throw unknown(request);
                };
            default -> throw unknown(request);
        };
        return new Route(call, Target.INTENT, id);
    }

    private static Route read(Request request, Target target, String id, String[] parts) {
        if (request.method().equals("POST") || parts.length > 4) {
            throw unknown(request);
        }
        return new Route(id.isEmpty() ? CallKind.LIST : CallKind.RETRIEVE, target, id);
    }

    private static Route fail(Request request) {
        throw unknown(request);
    }

    private static InvalidRequest unknown(Request request) {
        return new InvalidRequest(new Refusal(
                404,
                "invalid_request_error",
                null,
                null,
                "Unrecognized request URL (" + request.method() + ": " + request.path()
                        + "). The simulator knows a part of the API only; its README lists it.",
                null));
    }
}
