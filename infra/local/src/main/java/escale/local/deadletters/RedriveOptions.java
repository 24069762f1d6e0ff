package escale.local.deadletters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import escale.local.supervision.CannotStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was typed after {@code dlq redrive}: the wish as payment takes it, and how much to talk about it before. */
record RedriveOptions(ObjectNode wish, boolean yes, boolean previewOnly) {

    static RedriveOptions of(List<String> words, Instant now) {
        var wish = Door.JSON.createObjectNode();
        var yes = false;
        var previewOnly = false;
        var left = new ArrayList<>(words);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            switch (word) {
                case "--yes" -> yes = true;
                case "--preview" -> previewOnly = true;
                case "--cause", "--owner", "--text", "--note" -> wish.put(word.substring(2), value(word, left));
                case "--booking" -> wish.put("bookingId", value(word, left));
                case "--rate" -> wish.put("rate", number(word, left));
                case "--stop-at" -> wish.put("stopAtPercent", number(word, left));
                case "--older-than" ->
                    wish.put(
                            "openedBefore", now.minus(Age.of(value(word, left))).toString());
                case "--newer-than" ->
                    wish.put("openedAfter", now.minus(Age.of(value(word, left))).toString());
                default ->
                    throw new CannotStart(
                            "dlq redrive does not know " + word + ": ./escale dlq help lists what it knows.");
            }
        }
        return new RedriveOptions(wish, yes, previewOnly);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new CannotStart(option + " needs a value.");
        }
        return left.removeFirst();
    }

    private static int number(String option, List<String> left) {
        var text = value(option, left);
        try {
            return Integer.parseInt(text.replace("%", ""));
        } catch (NumberFormatException e) {
            throw new CannotStart("'" + text + "' is no number.");
        }
    }
}
