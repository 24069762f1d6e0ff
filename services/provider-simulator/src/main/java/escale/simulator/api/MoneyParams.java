package escale.simulator.api;

import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the provider checks of amounts, currencies, notes and cards before anything begins. */
final class MoneyParams {

    private static final long LARGEST = 99_999_999;
    private static final int MOST_NOTES = 50;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_NOTE = 500;
    private static final Pattern CARD_NUMBER = Pattern.compile("(?:\\d[ -]?){12,19}");
    private static final Map<String, String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(currency -> currency.getCurrencyCode().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    private MoneyParams() {}

    static long requiredAmount(Params params) {
        params.required("amount");
        return Objects.requireNonNull(amount(params));
    }

    static @Nullable Long amount(Params params) {
        var amount = params.integer("amount");
        if (amount != null && amount < 1) {
            throw Params.invalid(
                    "parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        }
        if (amount != null && amount > LARGEST) {
            throw Params.invalid("amount_too_large", "Amount must be no more than " + LARGEST + ".", "amount");
        }
        return amount;
    }

    static String currency(String given) {
        var currency = CURRENCIES.get(given.toLowerCase(Locale.ROOT));
        if (currency == null) {
            throw Params.invalid("parameter_invalid", "Invalid currency: " + given, "currency");
        }
        return currency;
    }

    static Map<String, String> metadata(Params params) {
        var metadata = params.map("metadata");
        if (metadata.size() > MOST_NOTES) {
            throw Params.invalid("parameter_invalid", "Metadata can have up to 50 keys.", "metadata");
        }
        metadata.forEach((name, value) -> {
            if (name.length() > LONGEST_NAME || value.length() > LONGEST_NOTE) {
                throw Params.invalid(
                        "parameter_invalid",
                        "Metadata keys have up to 40 characters and values up to 500: " + name,
                        "metadata");
            }
        });
        return metadata;
    }

    /** Where the traveller goes after his bank; it becomes a header, so it must be a clean URL. */
    static @Nullable String returnUrl(Params params) {
        var url = params.text("return_url");
        try {
            if (url == null || List.of("http", "https").contains(new URI(url).getScheme())) {
                return url;
            }
        } catch (URISyntaxException _) {
            // It is refused like any other that is none.
        }
        throw Params.invalid("url_invalid", "Not a valid URL", "return_url");
    }

    /** True or false, or why the traveller is not there. */
    static boolean offSession(Params params) {
        return Set.of("one_off", "recurring").contains(Objects.requireNonNullElse(params.text("off_session"), ""))
                || params.flag("off_session");
    }

    static void refuseManualCapture(Params params) {
        if ("manual".equals(params.text("capture_method"))) {
            throw Params.invalid(
                    "parameter_invalid", "The simulator does not know capture_method=manual.", "capture_method");
        }
    }

    /** Who asks for every payment method that is enabled must be able to be redirected, or say that he is not. */
    static void requireReturnUrlForRedirects(Params params) {
        var automatic = params.map("automatic_payment_methods");
        if ("true".equals(automatic.get("enabled"))
                && !"never".equals(automatic.get("allow_redirects"))
                && params.text("return_url") == null) {
            throw Params.invalid(
                    "parameter_missing",
                    "This PaymentIntent accepts payment methods that might redirect the customer: provide a return_url,"
                            + " or set automatic_payment_methods[allow_redirects] to never.",
                    "return_url");
        }
    }

    /** No card number may come here, whatever field it hides in; it is not repeated in the answer either. */
    static void refuseCardData(Params params) {
        boolean fields = params.names().stream()
                .anyMatch(
                        name -> (name.endsWith("[number]") || name.endsWith("[cvc]")) && !name.startsWith("metadata["));
        var method = params.text("payment_method");
        if (fields || (method != null && CARD_NUMBER.matcher(method).matches())) {
            throw new InvalidRequest(new Refusal(
                    402,
                    "invalid_request_error",
                    null,
                    null,
                    "Sending credit card numbers directly to the API is unsafe and refused. Use a test token such as"
                            + " pm_card_visa.",
                    null));
        }
    }
}
