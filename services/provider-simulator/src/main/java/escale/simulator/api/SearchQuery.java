package escale.simulator.api;

import escale.simulator.payments.PaymentIntent;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The provider's search language, as far as it is needed: {@code metadata['k']:'v' AND status:'succeeded'}. */
final class SearchQuery {

    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?:metadata\\[(['\"])(?<note>.+?)\\1]|(?<field>\\w+)):(['\"]?)(?<value>.*?)\\4\\s*(?:\\bAND\\b|$)");

    private SearchQuery() {}

    static Predicate<PaymentIntent> parse(String query) {
        Predicate<PaymentIntent> all = _ -> true;
        var clause = CLAUSE.matcher(query);
        int end = 0;
        while (end < query.length() && clause.find(end) && clause.start() == end) {
            var note = clause.group("note");
            var value = clause.group("value");
            all = all.and(note == null ? field(clause.group("field"), value) : note(note, value));
            end = clause.end();
        }
        if (end < query.length()) {
            throw Params.invalid("parameter_invalid", "This search query is not understood: " + query, "query");
        }
        return all;
    }

    private static Predicate<PaymentIntent> note(String name, String value) {
        return intent -> value.equals(intent.order().metadata().get(name));
    }

    private static Predicate<PaymentIntent> field(String name, String value) {
        return switch (name) {
            case "status" -> intent -> intent.status().wire().equals(value);
            case "currency" -> intent -> intent.order().currency().equals(value);
            case "customer" -> intent -> value.equals(intent.order().customer());
            case "amount" -> intent -> Long.toString(intent.order().amount()).equals(value);
            default -> throw Params.invalid("parameter_invalid", "The field " + name + " cannot be searched.", "query");
        };
    }
}
