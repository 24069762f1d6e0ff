package escale.simulator.api;

import escale.simulator.books.Books;
import escale.simulator.books.Event;
import escale.simulator.books.Ids;
import escale.simulator.faults.FaultKind;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.faults.FaultSwitch.Fate;
import escale.simulator.http.Exchange;
import escale.simulator.http.Handler;
import escale.simulator.http.Request;
import escale.simulator.http.Response;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.wire.ResourceJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The life of a call: through the door, its fate drawn, carried out, waited for, on disk, answered. The effect comes
 * before the wait, so a client who loses patience has been charged all the same.
 */
public final class ProviderApi implements Handler {

    private final Books books;
    private final FaultSwitch faults;
    private final Traffic traffic;
    private final CallLog log;
    private final ReadCalls reads;
    private final Replies replies;
    private final ChallengePage challenges;

    public ProviderApi(
            Books books,
            FaultSwitch faults,
            Traffic traffic,
            CallLog log,
            ResourceJson json,
            ToIntFunction<Event> pendingWebhooks) {
        this.books = books;
        this.faults = faults;
        this.traffic = traffic;
        this.log = log;
        reads = new ReadCalls(books, faults, json, pendingWebhooks);
        replies = new Replies(json);
        challenges = new ChallengePage(books);
    }

    @Override
    public void handle(Request request, Exchange exchange) throws IOException, InterruptedException {
        if (ChallengePage.isFor(request)) {
            challenges.handle(request, exchange);
            return;
        }
        var arrival = new Arrival(Instant.now(), System.nanoTime());
        traffic.enter();
        try {
            serve(Call.of(request), arrival, exchange);
        } catch (InvalidRequest e) {
            exchange.answer(replies.of(e.refusal(), Ids.request()));
        } finally {
            traffic.leave();
        }
    }

    private record Arrival(Instant time, long nanos) {

        void waitFor(Duration latency) throws InterruptedException {
            long left = nanos + latency.toNanos() - System.nanoTime();
            if (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
        }
    }

    private void serve(Call call, Arrival arrival, Exchange exchange) throws IOException, InterruptedException {
        var subject = call.subject(books);
        var fate = faults.fate(subject);
        try (var execution = new Execution(books, reads, replies, call)) {
            var response = execution.respond(fate.kind(), faults.faults().retryAfterSeconds());
            traffic.count(call.route().call(), fate.kind(), execution.replayed());
            if (call.route().writes()) {
                int status = isAnswered(fate.kind()) ? response.status() : 0;
                log.write(arrival.time(), call, subject, fate.kind(), status, execution);
            }
            long seen = books.position();
            arrival.waitFor(fate.latency());
            books.settle(seen);
            send(exchange, response, fate, execution);
        }
    }

    private static boolean isAnswered(@Nullable FaultKind fault) {
        return switch (fault) {
            case HANG, HANG_AFTER, RESET_BEFORE, RESET_AFTER -> false;
            case null -> true;
            case ERROR_500_BEFORE,
                    ERROR_500_STORED,
                    ERROR_500_AFTER,
                    ERROR_502_HTML,
                    ERROR_503,
                    ERROR_429,
                    DRIP,
                    TRUNCATED,
                    DECLINE -> true;
        };
    }

    /** The key is let go right before the answer: whoever has the answer may repeat the call at once. */
    private void send(Exchange exchange, Response response, Fate fate, Execution execution)
            throws IOException, InterruptedException {
        switch (fate.kind()) {
            case HANG, HANG_AFTER ->
                exchange.stayMute(Duration.ofMillis(faults.faults().hangMs()));
            case RESET_BEFORE, RESET_AFTER -> {
                execution.close();
                exchange.reset();
            }
            case DRIP -> {
                execution.close();
                exchange.drip(response, Duration.ofMillis(faults.faults().dripMs()));
            }
            case TRUNCATED -> {
                execution.close();
                exchange.truncate(response);
            }
            case null -> {
                execution.close();
                exchange.answer(response);
            }
            case ERROR_500_BEFORE, ERROR_500_STORED, ERROR_500_AFTER, ERROR_502_HTML, ERROR_503, ERROR_429, DECLINE -> {
                execution.close();
                exchange.answer(response);
            }
        }
    }
}
