package escale.http;

import escale.http.identity.AllowAnyone;
import escale.runtime.Trace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A door with one of everything. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowAnyone
final class SampleController {
    enum Color {
        RED,
        GREEN
    }

    @Serdeable
    record Stop(String city, int nights) {
        Stop {
            if (nights < 1) {
                throw new IllegalArgumentException("nights: must be at least 1");
            }
        }
    }

    @Serdeable
    record Order(
            UUID departure,
            int people,
            long amount,
            @Nullable Color color,
            @Nullable LocalDate date,
            @Nullable Boolean gift,
            @Nullable String note,
            @Nullable List<Stop> stops) {
        Order {
            if (people < 1 || people > 9) {
                throw new IllegalArgumentException("people: must be 1 to 9");
            }
            if (amount == 13) {
                throw new IllegalArgumentException("This amount brings bad luck");
            }
            if (amount == 14) {
                throw new IllegalStateException("a bug in escale.http.SampleController");
            }
            stops = stops == null ? null : List.copyOf(stops);
        }
    }

    /** What a use case of another package might ask for, with a rule of its own. */
    record Amount(long minor) {
        Amount {
            if (minor <= 0) {
                throw new IllegalArgumentException("amount: must be more than nothing");
            }
        }
    }

    private final Map<String, byte[]> hashes = new ConcurrentHashMap<>();

    @Post("/orders")
    HttpResponse<?> order(@Body Order order) {
        var amount = Input.of(() -> new Amount(order.amount()));
        return amount.minor() > 1_000_000
                ? Problem.conflict("too-dear", "Nobody pays so much")
                        .with("limit", 1_000_000)
                        .answer()
                : HttpResponse.created(order);
    }

    @Post("/notes")
    HttpResponse<?> note(@Body String note) {
        return HttpResponse.ok(Map.of("length", note.length()));
    }

    @Get("/orders/{id}")
    HttpResponse<?> read(
            UUID id,
            @QueryValue @Nullable Instant at,
            @QueryValue @Nullable Color color,
            @QueryValue @Nullable Integer n) {
        return HttpResponse.ok(Map.of("id", id));
    }

    @Get("/named/{name}")
    HttpResponse<?> named(String name, @Header("X-Needed") String needed) {
        return HttpResponse.ok(Map.of("name", name));
    }

    @Post("/once")
    HttpResponse<?> once(IdempotencyKey key, @Body Order order) {
        var hash = RequestHash.of(order.departure(), order.people(), order.amount());
        var before = hashes.putIfAbsent(key.value(), hash);
        return before == null || java.util.Arrays.equals(before, hash)
                ? HttpResponse.ok(Map.of("key", key.value()))
                : Problem.unprocessable("idempotency-key-reused", "This key was used for something else")
                        .answer();
    }

    @Get("/numbers")
    HttpResponse<?> numbers(HttpRequest<?> request, PageRequest wanted) {
        var after = wanted.after();
        long first = after == null ? 1 : after.key() + 1;
        var rows =
                LongStream.rangeClosed(first, 25).limit(wanted.rows()).boxed().toList();
        return Page.of(rows, wanted, row -> new Cursor(row, new UUID(0, row)), row -> row)
                .answer(request);
    }

    @Get("/since")
    HttpResponse<?> since(PageRequest wanted) {
        var after = wanted.after();
        return HttpResponse.ok(
                Map.of("since", after == null ? "" : after.instant().toString()));
    }

    @Get("/thing")
    HttpResponse<?> thing(HttpRequest<?> request) {
        return ETag.answer(request, 7, () -> Map.of("version", 7));
    }

    @Put("/thing")
    HttpResponse<?> change(IfMatch seen) {
        return seen.version() == 7 ? HttpResponse.ok(Map.of("version", 8)) : ETag.stale(7);
    }

    @Get("/trace")
    HttpResponse<?> trace(Trace trace) {
        return HttpResponse.ok(Map.of(
                "traceparent", trace.traceparent(),
                "requestId", trace.requestId(),
                "log", MDC.get("requestId") + " " + MDC.get("traceId"),
                "virtual", Thread.currentThread().isVirtual()));
    }

    @Get("/silent")
    HttpResponse<?> silent() {
        return HttpResponse.notFound();
    }

    @Get("/cached")
    HttpResponse<?> cached() {
        return HttpResponse.ok(Map.of()).header("Cache-Control", "private, max-age=60");
    }

    @Get("/failing/{how}")
    HttpResponse<?> failing(String how) throws Throwable {
        throw switch (how) {
            case "away" -> new Unavailable("The queue is full", Duration.ofSeconds(3), new IllegalStateException());
            case "pool" -> new IllegalStateException(new SQLTransientConnectionException("pool timed out at db:5432"));
            case "restart" -> new SQLException("terminating connection at db:5432", "57P01");
            case "data" -> new SQLException("invalid byte sequence", "22021");
            case "argument" -> new IllegalArgumentException("secret: escale.booking.sql.Store line 7");
            case "error" -> new AssertionError("secret of the JVM");
            default -> new IllegalStateException("secret " + how);
        };
    }
}
