package escale.simulator.payments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The provider's official test payment methods: the token alone decides what happens to the money. */
public enum TestMethod {
    VISA("pm_card_visa", "visa", "4242", null),
    MASTERCARD("pm_card_mastercard", "mastercard", "4444", null),
    AMEX("pm_card_amex", "amex", "8431", null),
    VISA_DEBIT("pm_card_visa_debit", "visa", "5556", null),
    FRENCH("pm_card_fr", "visa", "0003", null),
    VISA_DECLINED("pm_card_visa_chargeDeclined", "visa", "0002", Decline.GENERIC),
    VISA_INSUFFICIENT_FUNDS("pm_card_visa_chargeDeclinedInsufficientFunds", "visa", "9995", Decline.INSUFFICIENT_FUNDS),
    VISA_LOST_CARD("pm_card_visa_chargeDeclinedLostCard", "visa", "9987", Decline.LOST_CARD),
    VISA_STOLEN_CARD("pm_card_visa_chargeDeclinedStolenCard", "visa", "9979", Decline.STOLEN_CARD),
    VISA_VELOCITY("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "visa", "6975", Decline.CARD_VELOCITY_EXCEEDED),
    DECLINED("pm_card_chargeDeclined", "visa", "0002", Decline.GENERIC),
    INSUFFICIENT_FUNDS("pm_card_chargeDeclinedInsufficientFunds", "visa", "9995", Decline.INSUFFICIENT_FUNDS),
    LOST_CARD("pm_card_chargeDeclinedLostCard", "visa", "9987", Decline.LOST_CARD),
    STOLEN_CARD("pm_card_chargeDeclinedStolenCard", "visa", "9979", Decline.STOLEN_CARD),
    EXPIRED_CARD("pm_card_chargeDeclinedExpiredCard", "visa", "0069", Decline.EXPIRED_CARD),
    INCORRECT_CVC("pm_card_chargeDeclinedIncorrectCvc", "visa", "0127", Decline.INCORRECT_CVC),
    PROCESSING_ERROR("pm_card_chargeDeclinedProcessingError", "visa", "0119", Decline.PROCESSING_ERROR),
    FRAUDULENT("pm_card_radarBlock", "visa", "0019", Decline.FRAUDULENT),
    AUTHENTICATION_REQUIRED("pm_card_authenticationRequired", "visa", "3184", null),
    AUTHENTICATED_WITHOUT_FUNDS(
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "visa",
            "3178",
            Decline.INSUFFICIENT_FUNDS),
    THREE_D_SECURE("pm_card_threeDSecure2Required", "visa", "3220", null),
    THREE_D_SECURE_ONE("pm_card_threeDSecureRequired", "visa", "3063", null),
    THREE_D_SECURE_DECLINED("pm_card_threeDSecureRequiredChargeDeclined", "visa", "1629", Decline.GENERIC),
    THREE_D_SECURE_OPTIONAL("pm_card_threeDSecureOptional", "visa", "3055", null),
    REFUND_FAILS("pm_card_refundFail", "visa", "5126", null);

    private static final Set<TestMethod> AUTHENTICATED = Set.of(
            AUTHENTICATION_REQUIRED,
            AUTHENTICATED_WITHOUT_FUNDS,
            THREE_D_SECURE,
            THREE_D_SECURE_ONE,
            THREE_D_SECURE_DECLINED);
    private static final Map<String, TestMethod> BY_TOKEN =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TestMethod::token, Function.identity()));

    private final String token;
    private final String brand;
    private final String last4;
    private final @Nullable Decline decline;

    TestMethod(String token, String brand, String last4, @Nullable Decline decline) {
        this.token = token;
        this.brand = brand;
        this.last4 = last4;
        this.decline = decline;
    }

    /** The method behind a token; an unknown one is refused as the provider refuses it. */
    public static TestMethod of(String token) {
        var known = BY_TOKEN.get(token);
        if (known == null) {
            throw new InvalidRequest(Refusal.missingReference("PaymentMethod", token, "payment_method"));
        }
        return known;
    }

    @JsonValue
    public String token() {
        return token;
    }

    public String brand() {
        return brand;
    }

    public String last4() {
        return last4;
    }

    /** What the issuer says to it; where authentication is wanted, after that. */
    @Nullable
    Decline decline() {
        return decline;
    }

    boolean wantsAuthentication() {
        return AUTHENTICATED.contains(this);
    }

    /** A refund to this card first looks fine and is returned by the bank later. */
    public boolean refundsFail() {
        return this == REFUND_FAILS;
    }
}
