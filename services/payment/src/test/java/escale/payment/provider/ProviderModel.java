package escale.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The provider in memory, under the real client: it keeps the first answer under each key for a day, its list is exact and
 * its search a minute behind. One payment at a time, or one refund of it; what happens to each call the test decides.
 */
public final class ProviderModel extends HttpClient {
    private static final Duration KEYS_LIVE = Duration.ofHours(24);
    private static final Duration SEARCH_IS_BEHIND = Duration.ofMinutes(1);
    private static final String BROKEN = "{\"error\": {\"type\": \"api_error\", \"message\": \"broken\"}}";

    /** The worker is gone, as by a power cut. */
    public static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died() {
            super("died", null, false, false);
        }
    }

    private record Kept(Instant since, int status, String body) {}

    private record Late(Book book, String key, Instant due) {}

    private final Book charges = new Book("payment_intent", "pi", FindIntent.PAYMENT_ID);
    private final Book refunds = new Book("refund", "re", StripeRefunds.REFUND_ID);
    private final Map<String, Kept> kept = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Function<Boolean, Fate> fates = reads -> Fate.WELL;
    private Runnable sleep = () -> {};

    @Factory
    @Requires(property = "test.provider", value = "model")
    static final class InMemory {
        @Singleton
        ProviderModel model() {
            return new ProviderModel();
        }

        @Singleton
        @Primary
        StripeClient client(ProviderModel model) {
            return StripeClient.builder()
                    .setApiKey("sk_test_model")
                    .setMaxNetworkRetries(0)
                    .setHttpClient(model)
                    .build();
        }
    }

    /** Another payment begins, or a refund of one, and nothing is known of any other. */
    public void begin(UUID id, Function<Boolean, Fate> fate, Runnable whileAsleep) {
        fates = fate;
        sleep = whileAsleep;
        charges.begin(id);
        refunds.begin(id);
        List.of(late, story).forEach(List::clear);
        kept.clear();
    }

    /** Or it does nothing but answer questions. */
    public void heal(boolean charges) {
        tell(charges ? "-- healed" : "-- charges nothing any more");
        fates = reads -> charges || reads ? Fate.WELL : Fate.BROKEN_AND_KEPT;
    }

    public int charges() {
        return charges.size();
    }

    public int refunds() {
        return refunds.size();
    }

    public void tell(String what) {
        story.add(what);
    }

    public String story() {
        return String.join("\n  ", story);
    }

    /** All requests that are on their way arrive. */
    public void arrive() {
        later(Duration.ZERO, Instant.MAX);
    }

    /** Time passes. */
    public void later(Duration time) {
        later(time, Instant.now().plus(time));
    }

    private void later(Duration time, Instant end) {
        late.sort(Comparator.comparing(Late::due));
        while (!late.isEmpty() && !late.getFirst().due.isAfter(end)) {
            var arrives = late.removeFirst();
            carryOut(arrives.book, arrives.key, end.equals(Instant.MAX) ? Instant.now() : arrives.due);
            tell("late request under " + arrives.key + " arrives: " + arrives.book.size() + " moved");
        }
        charges.later(time);
        refunds.later(time);
        kept.replaceAll((key, answer) -> new Kept(answer.since.minus(time), answer.status, answer.body));
        late.replaceAll(request -> new Late(request.book, request.key, request.due.minus(time)));
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        var path = request.url().getPath();
        if (request.method().name().equals("POST")) {
            var key = request.headers().firstValue("Idempotency-Key").orElseThrow();
            switch (path) {
                case "/v1/payment_intents" -> {
                    return move(charges, key);
                }
                case "/v1/refunds" -> {
                    return move(refunds, key);
                }
                default -> throw new IllegalStateException("Nobody posts to " + path);
            }
        }
        return read(path, Objects.requireNonNullElse(request.url().getQuery(), ""));
    }

    private StripeResponse move(Book book, String key) throws ApiConnectionException {
        var shortKey = key.substring(key.lastIndexOf(':') + 1);
        var fate = fates.apply(false);
        tell(book.name + " under " + shortKey + ": " + fate);
        return switch (fate) {
            case WELL -> carryOut(book, key, Instant.now());
            case SLEEPS -> {
                sleep.run();
                tell(book.name + " under " + shortKey + " after sleep");
                yield carryOut(book, key, Instant.now());
            }
            case REFUSED -> answer(429, "{\"error\": {\"type\": \"rate_limit\"}}", false);
            case BROKEN_AND_NOT_KEPT -> answer(500, BROKEN, false);
            case BROKEN_AND_KEPT -> keep(key, Instant.now(), 500, BROKEN);
            case BROKEN_AFTERWARDS -> {
                if (isFree(key)) {
                    book.move(Instant.now());
                }
                yield keep(key, Instant.now(), 500, BROKEN);
            }
            case LOST -> throw silence();
            case LATE -> {
                send(book, key);
                throw silence();
            }
            case ANSWER_LOST -> {
                carryOut(book, key, Instant.now());
                throw silence();
            }
            case DIES_BEFORE -> throw new Died();
            case DIES_AND_IS_LATE -> {
                send(book, key);
                throw new Died();
            }
            case DIES_AFTERWARDS -> {
                carryOut(book, key, Instant.now());
                throw new Died();
            }
        };
    }

    /** It arrives within two minutes of having been sent; by then whoever sent it has another 20 s. */
    private void send(Book book, String key) {
        late.add(new Late(book, key, Instant.now().plusSeconds(95)));
    }

    private StripeResponse carryOut(Book book, String key, Instant now) {
        if (isFree(key)) {
            book.move(now);
        }
        return keep(key, now, 200, book.last());
    }

    private boolean isFree(String key) {
        kept.values().removeIf(answer -> answer.since.plus(KEYS_LIVE).isBefore(Instant.now()));
        return !kept.containsKey(key);
    }

    private StripeResponse keep(String key, Instant now, int status, String body) {
        var free = isFree(key);
        var answer = kept.computeIfAbsent(key, first -> new Kept(now, status, body));
        return answer(answer.status, answer.body, !free);
    }

    private StripeResponse read(String path, String query) {
        var fate = fates.apply(true);
        tell("GET " + path + (path.endsWith("intents") ? "?" + query : "") + ": " + fate);
        return switch (fate) {
            case DIES_BEFORE, DIES_AFTERWARDS -> throw new Died();
            case BROKEN_AND_NOT_KEPT -> answer(404, "{\"error\": {\"type\": \"invalid_request_error\"}}", false);
            case SLEEPS -> {
                var seen = look(path, query);
                sleep.run();
                yield seen;
            }
            case WELL, REFUSED, BROKEN_AND_KEPT, BROKEN_AFTERWARDS, LOST, LATE, ANSWER_LOST, DIES_AND_IS_LATE ->
                look(path, query);
        };
    }

    private StripeResponse look(String path, String query) {
        var body = switch (path) {
            case "/v1/payment_intents/search" -> {
                var indexed = Instant.now().minus(SEARCH_IS_BEHIND);
                yield charges.list(created -> created.isBefore(indexed));
            }
            case "/v1/payment_intents" ->
                charges.list(created -> created.getEpochSecond() >= bound(query, "created[gte]", 0)
                        && created.getEpochSecond() <= bound(query, "created[lte]", Long.MAX_VALUE));
            case "/v1/refunds" -> refunds.list(_ -> true);
            default -> charges.one(path.substring(path.lastIndexOf('/') + 1)).orElse("{\"object\": \"balance\"}");
        };
        return answer(200, body, false);
    }

    private static long bound(String query, String name, long otherwise) {
        for (var parameter : URLDecoder.decode(query, StandardCharsets.UTF_8).split("&")) {
            if (parameter.startsWith(name + "=")) {
                return Long.parseLong(parameter.substring(name.length() + 1));
            }
        }
        return otherwise;
    }

    private static StripeResponse answer(int status, String body, boolean replayed) {
        var headers = replayed ? Map.of("Idempotent-Replayed", List.of("true")) : Map.<String, List<String>>of();
        return new StripeResponse(status, HttpHeaders.of(headers), body);
    }

    private static ApiConnectionException silence() {
        return new ApiConnectionException("No answer", new TimeoutException());
    }
}
