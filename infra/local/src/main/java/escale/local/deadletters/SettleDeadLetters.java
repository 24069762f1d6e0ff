package escale.local.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import escale.local.supervision.CannotStart;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Lists dead letters, shows one, and does with it what an operator decides. */
public final class SettleDeadLetters {
    private static final String HELP = """
            dlq ls [--status S] [--cause C] [--booking ID] [--owner O] [--text T]   the cases, newest first
            dlq groups                     open cases by cause, with their sums
            dlq show ID                    one case: the record as it came, its story, what was done
            dlq replay ID [pm_…]           try again (the provider is asked first), perhaps with another card
            dlq send-pay-link ID           the traveller gets a mail with a fresh link, and pays with another card
            dlq mark-paid ID EVIDENCE      the money arrived another way
            dlq mark-refunded ID EVIDENCE  the money went back another way
            dlq cancel-charge ID REASON    what was proven unpaid is not tried any more
            dlq discard ID REASON          give it up
            dlq note ID TEXT · dlq assign ID OWNER
            dlq redrive [--cause C] [--owner O] [--text T] [--booking ID] [--older-than 2h] [--newer-than 1d]
                [--rate 50] [--stop-at 50%] [--note TEXT] [--preview] [--yes]
                                           try many again, 1, then 10, then 100 at a time; shows first what it is about
            dlq redrives [ID]              the redrives, or one of them until it ends
            dlq cancel ID                  stop a redrive""";

    private final PaymentDoor payment;
    private final BookingDoor booking;
    private final Consumer<String> show;

    public SettleDeadLetters(PaymentDoor payment, BookingDoor booking, Consumer<String> show) {
        this.payment = payment;
        this.booking = booking;
        this.show = show;
    }

    public int run(List<String> words) {
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (words.isEmpty() ? "ls" : words.getFirst()) {
            case "ls" -> list(rest);
            case "groups" -> groups();
            case "show" -> one(word(rest, 0));
            case "replay" -> {
                var body = body();
                if (rest.size() > 1) {
                    body.put("paymentMethod", rest.get(1));
                }
                act("POST", rest, "replay", body);
            }
            case "send-pay-link" -> new SendPayLink(payment, booking, show).send(word(rest, 0));
            case "mark-paid" -> act("POST", rest, "mark-paid", body().put("evidence", text(rest)));
            case "mark-refunded" -> act("POST", rest, "mark-refunded", body().put("evidence", text(rest)));
            case "cancel-charge" -> act("POST", rest, "cancel", body().put("reason", text(rest)));
            case "discard" -> act("POST", rest, "discard", body().put("reason", text(rest)));
            case "note" -> act("POST", rest, "notes", body().put("note", text(rest)));
            case "assign" -> act("PUT", rest, "owner", body().put("owner", word(rest, 1)));
            case "help", "--help" -> HELP.lines().forEach(show);
            default ->
                throw new CannotStart(
                        "There is no dlq command '" + words.getFirst() + "': ./escale dlq help lists them.");
        }
        return 0;
    }

    private void list(List<String> options) {
        var query = new StringBuilder("?limit=50");
        for (var i = 0; i < options.size(); i += 2) {
            if (!List.of("--status", "--cause", "--booking", "--owner", "--text")
                    .contains(options.get(i))) {
                throw new CannotStart(
                        "dlq ls knows --status, --cause, --booking, --owner and --text, not " + options.get(i) + ".");
            }
            query.append('&')
                    .append(options.get(i).substring(2))
                    .append('=')
                    .append(URLEncoder.encode(word(options, i + 1), StandardCharsets.UTF_8));
        }
        var page = payment.get(query.toString());
        if (page.path("items").isEmpty()) {
            show.accept("No dead letters.");
            return;
        }
        row("case", "status", "cause", "tries", "last failure", "booking", "owner");
        for (var letter : page.path("items")) {
            row(
                    letter.path("deadLetterId").asText(),
                    letter.path("status").asText(),
                    letter.path("cause").asText(),
                    letter.path("attempts").asText(),
                    seconds(letter.path("lastFailureAt").asText()),
                    letter.path("bookingId").asText("-"),
                    letter.path("owner").asText("-"));
        }
        if (page.has("next")) {
            show.accept("These are the newest 50; there are more.");
        }
    }

    private void row(String id, String status, String cause, String tries, String at, String booking, String owner) {
        show.accept("%-36s  %-10s %-24s %5s  %-20s  %-36s  %s".formatted(id, status, cause, tries, at, booking, owner));
    }

    private static String seconds(String instant) {
        var dot = instant.indexOf('.');
        return dot < 0 ? instant : instant.substring(0, dot) + "Z";
    }

    private void groups() {
        for (var group : payment.get("/groups").path("items")) {
            show.accept("%5d  %-24s %12.2f %s, the oldest since %s"
                    .formatted(
                            group.path("cases").asInt(),
                            group.path("cause").asText(),
                            group.path("amount").asLong() / 100.0,
                            group.path("currency").asText("-"),
                            seconds(group.path("oldest").asText())));
        }
    }

    private void one(String id) {
        print(payment.get("/" + id));
        for (var entry : payment.get("/" + id + "/history").path("items")) {
            print(entry);
        }
    }

    /** On the case as it is at this moment; somebody else's deed in between is refused by payment, and said so. */
    private void act(String method, List<String> words, String deed, ObjectNode body) {
        var path = "/" + word(words, 0);
        var seen = payment.get(path).path("version").asInt();
        var now = payment.act(method, path + "/" + deed, seen, body);
        show.accept("%s is now %s (version %d)"
                .formatted(
                        now.path("deadLetterId").asText(),
                        now.path("status").asText(),
                        now.path("version").asInt()));
    }

    private void print(JsonNode node) {
        try {
            Door.JSON
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(node)
                    .lines()
                    .forEach(show);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read can be written", e);
        }
    }

    private static ObjectNode body() {
        return Door.JSON.createObjectNode();
    }

    private static String text(List<String> words) {
        word(words, 1);
        return String.join(" ", words.subList(1, words.size()));
    }

    private static String word(List<String> words, int at) {
        if (at >= words.size()) {
            throw new CannotStart("That needs more words: ./escale dlq help shows which.");
        }
        return words.get(at);
    }
}
