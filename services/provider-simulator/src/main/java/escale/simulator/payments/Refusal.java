package escale.simulator.payments;

import org.jspecify.annotations.Nullable;

/** A "no" of the provider: its HTTP status and the fields of its error body. */
public record Refusal(
        int status,
        String type,
        @Nullable String code,
        @Nullable String declineCode,
        String message,
        @Nullable String param) {

    private static final String INVALID = "invalid_request_error";

    public static Refusal missing(String param) {
        return new Refusal(400, INVALID, "parameter_missing", null, "Missing required param: " + param + ".", param);
    }

    public static Refusal invalid(String code, String message, @Nullable String param) {
        return new Refusal(400, INVALID, code, null, message, param);
    }

    /** The object named in the path does not exist. */
    public static Refusal notFound(String kind, String id, String param) {
        return new Refusal(404, INVALID, "resource_missing", null, "No such " + kind + ": '" + id + "'", param);
    }

    /** An object named in a parameter does not exist. */
    public static Refusal missingReference(String kind, String id, String param) {
        return new Refusal(400, INVALID, "resource_missing", null, "No such " + kind + ": '" + id + "'", param);
    }

    public static Refusal unexpectedState(String message) {
        return new Refusal(400, INVALID, "payment_intent_unexpected_state", null, message, null);
    }

    public static Refusal declined(Decline decline) {
        return new Refusal(402, "card_error", decline.code(), decline.declineCode(), decline.message(), null);
    }

    public static Refusal unauthorized(String message) {
        return new Refusal(401, INVALID, null, null, message, null);
    }

    public static Refusal keyReused(String message) {
        return new Refusal(400, "idempotency_error", null, null, message, null);
    }

    public static Refusal keyInUse(String key) {
        return new Refusal(
                409,
                "idempotency_error",
                "idempotency_key_in_use",
                null,
                "There is currently another in-progress request using this Idempotency-Key: " + key
                        + ". It was probably sent twice, and the other request is still running.",
                null);
    }

    public static Refusal apiError(int status, String message) {
        return new Refusal(status, "api_error", null, null, message, null);
    }

    public static Refusal rateLimited() {
        return new Refusal(
                429, INVALID, "rate_limit", null, "Request rate limit exceeded. Please slow down and try again.", null);
    }
}
