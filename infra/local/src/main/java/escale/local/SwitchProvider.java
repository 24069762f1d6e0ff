package escale.local;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Turns the switches of the payment provider; each turn puts all others back. */
final class SwitchProvider {
    private static final String HELP = """
            fault                        the switches as they are
            fault heal                   everything works again
            fault down                   connections are refused
            fault slow 800               every answer takes 800 ms
            fault errors 30% [KIND …]    that share of all calls goes wrong
            fault next 3 KIND            the next 3 calls that move money go wrong
            fault booking ID KIND        every call for that booking goes wrong
            fault webhooks twice         or reversed, never
            fault set '{"hangMs": 500}'  any switches, as the README of services/provider-simulator lists them

            KIND: error500Before error500Stored error500After error502Html error503 error429 hang hangAfter drip
                  truncated resetBefore resetAfter decline""";

    private final int port;

    SwitchProvider(int port) {
        this.port = port;
    }

    void run(List<String> words, Consumer<String> reply) {
        var first = words.isEmpty() ? "" : words.getFirst();
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (first) {
            case "" -> reply.accept(call("GET", ""));
            case "help", "--help" -> HELP.lines().forEach(reply);
            case "heal" -> reply.accept(call("DELETE", ""));
            case "down" -> put("{\"down\":true}", reply);
            case "slow" -> put("{\"latencyMs\":%d}".formatted(number(rest, 0)), reply);
            case "errors" -> put("{\"errorRate\":%s%s}".formatted(share(rest), kinds(rest)), reply);
            case "next" ->
                put(
                        "{\"rules\":[{\"match\":{},\"kind\":\"%s\",\"times\":%d}]}"
                                .formatted(word(rest, 1), number(rest, 0)),
                        reply);
            case "booking" ->
                put(
                        "{\"rules\":[{\"match\":{\"metadata\":{\"bookingId\":\"%s\"}},\"kind\":\"%s\"}]}"
                                .formatted(word(rest, 0), word(rest, 1)),
                        reply);
            case "webhooks" -> put("{\"webhooks\":{\"%s\":true}}".formatted(word(rest, 0)), reply);
            case "set" -> put(String.join(" ", rest), reply);
            default -> throw new CannotStart("There is no fault '" + first + "': ./escale fault help lists them.");
        }
    }

    private void put(String switches, Consumer<String> reply) {
        reply.accept(call("PUT", switches));
    }

    private static String word(List<String> words, int at) {
        if (at >= words.size()) {
            throw new CannotStart("That fault needs more words: ./escale fault help shows which.");
        }
        return words.get(at);
    }

    private static int number(List<String> words, int at) {
        try {
            return Integer.parseInt(word(words, at));
        } catch (NumberFormatException e) {
            throw new CannotStart("'" + words.get(at) + "' is no number: ./escale fault help shows what is expected.");
        }
    }

    /** {@code 30%} or {@code 0.3}. */
    private static String share(List<String> words) {
        var text = word(words, 0);
        try {
            var share = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
            return String.format(Locale.ROOT, "%.4f", share);
        } catch (NumberFormatException e) {
            throw new CannotStart("'" + text + "' is no share: 30% or 0.3");
        }
    }

    private static String kinds(List<String> words) {
        return words.size() < 2
                ? ""
                : ",\"errorKind\":[\"" + String.join("\",\"", words.subList(1, words.size())) + "\"]";
    }

    /** The simulator checks every word, and answers in one sentence what it does not accept. */
    private String call(String method, String body) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/faults").toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(5_000);
            connection.setRequestMethod(method);
            if (method.equals("PUT")) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            var refused = connection.getResponseCode() != 200;
            try (var in = refused ? connection.getErrorStream() : connection.getInputStream()) {
                var answer = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
                if (refused) {
                    throw new CannotStart("The provider did not take that: " + answer);
                }
                return answer;
            }
        } catch (ConnectException e) {
            throw new CannotStart("The provider does not run here.");
        } catch (IOException e) {
            throw new CannotStart("The provider did not answer: " + e.getMessage());
        }
    }
}
