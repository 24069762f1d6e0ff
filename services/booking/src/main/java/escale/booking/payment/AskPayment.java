package escale.booking.payment;

import escale.booking.PayLater;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks payment, beside the requests, whether it can charge, and says so to {@link PayLater}. Behind a breaker: a payment
 * service that does not answer is left alone for a while.
 */
@Singleton
final class AskPayment implements AutoCloseable {
    private static final int FEWEST_CALLS = 5;

    private final PaymentSettings settings;
    private final PayLater payLater;
    private final ObjectMapper json;
    private final CircuitBreaker breaker;
    private final HttpClient http;
    private final @Nullable HttpRequest question;

    /** What payment answers, as far as it is read here. */
    @Serdeable.Deserializable
    record Availability(boolean available, @Nullable UUID outageId) {}

    AskPayment(PaymentSettings settings, PayLater payLater, ObjectMapper json, MeterRegistry metrics) {
        this.settings = settings;
        this.payLater = payLater;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
        this.question = settings.url().isEmpty()
                ? null
                : HttpRequest.newBuilder(URI.create(settings.url() + "/v1/availability"))
                        .header("Accept", "application/json")
                        .build();
        this.breaker = CircuitBreaker.of(
                "payment",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                settings.window(),
                                Math.min(FEWEST_CALLS, settings.window()),
                                SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(settings.failureRate())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(settings.trials())
                        .build());
        for (var state : List.of(State.CLOSED, State.OPEN, State.HALF_OPEN)) {
            Gauge.builder("escale.breaker.state", breaker, it -> it.getState() == state ? 1 : 0)
                    .tag("breaker", "payment")
                    .tag("state", state.name())
                    .description("1 for the state that the breaker is in")
                    .register(metrics);
        }
    }

    /** One look, unless the breaker says that it is no use. */
    void look() {
        if (breaker.getState() == State.OPEN && payLater.wantsProof(System.nanoTime())) {
            breaker.transitionToHalfOpenState(); // a worker that took long to restart may be back by now
        }
        if (question == null || !breaker.tryAcquirePermission()) {
            return;
        }
        var begun = System.nanoTime();
        try {
            var answer = ask(question);
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            hear(answer);
        } catch (IOException away) {
            breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, away);
            payLater.unreachable(breaker.getState() != State.CLOSED, System.nanoTime());
        } catch (InterruptedException stop) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Availability answer) {
        var outage = answer.outageId();
        if (answer.available() || outage == null) {
            payLater.available();
        } else {
            payLater.outage(outage, System.nanoTime());
        }
    }

    private Availability ask(HttpRequest request) throws IOException, InterruptedException {
        var call = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            var answer = call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            var availability = answer.statusCode() == 200 ? json.readValue(answer.body(), Availability.class) : null;
            if (availability == null) {
                throw new IOException("payment answered " + answer.statusCode());
            }
            return availability;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("payment does not answer", e);
        } finally {
            call.cancel(true);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        http.shutdownNow();
    }
}
