package escale.payment.provider;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries the SDK's requests over the JDK's HTTP client: connections are kept, a call costs less than half of what the
 * SDK's own transport costs, and a deadline bounds the whole of it, not each read.
 */
final class Transport extends com.stripe.net.HttpClient {
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("content-length", "connection", "host");

    /** They only take parts of answers from the socket; with a virtual thread for each part a call costs twice as much. */
    private static final int HANDS = 2;

    private final HttpClient http;
    private final ProviderSettings settings;

    Transport(ProviderSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(Executors.newFixedThreadPool(
                        HANDS, Thread.ofPlatform().daemon().name("provider-", 0).factory()))
                .build();
    }

    @Override
    public StripeResponse request(StripeRequest request) throws StripeException {
        var call = http.sendAsync(toHttp(request), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        var deadline = deadline(request);
        try {
            var answer = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new StripeResponse(
                    answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
        } catch (ExecutionException e) {
            throw new ApiConnectionException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new ApiConnectionException("No whole answer within " + deadline, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted", e);
        }
    }

    /** A call that is part of a question has less time than a call by itself. */
    private Duration deadline(StripeRequest request) {
        var asked = request.options().getReadTimeout();
        return asked == null || asked > settings.callDeadline().toMillis()
                ? settings.callDeadline()
                : Duration.ofMillis(asked);
    }

    private static HttpRequest toHttp(StripeRequest request) throws ApiException {
        try {
            var http = HttpRequest.newBuilder(request.url().toURI());
            request.headers().map().forEach((name, values) -> {
                if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> http.header(name, value));
                }
            });
            http.header("User-Agent", buildUserAgentString(request));
            HttpContent content = request.content();
            if (content == null) {
                return http.method(request.method().name(), HttpRequest.BodyPublishers.noBody())
                        .build();
            }
            http.header("Content-Type", content.contentType());
            return http.method(
                            request.method().name(), HttpRequest.BodyPublishers.ofByteArray(content.byteArrayContent()))
                    .build();
        } catch (URISyntaxException e) {
            throw new ApiException("Not an address: " + request.url(), null, null, 0, e);
        }
    }
}
