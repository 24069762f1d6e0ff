package escale.http;

import escale.http.identity.AllowAnyone;
import escale.runtime.Trace;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A door with one of everything, for the tests. */
@Controller("/v1/samples")
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
        }
    }

    @Post
    HttpResponse<?> order(@Body Order order, Trace trace) {
        return HttpResponse.created(order);
    }

    @Get("/{id}")
    HttpResponse<?> read(
            UUID id,
            @QueryValue @Nullable Instant at,
            @QueryValue @Nullable Color color,
            @QueryValue @Nullable Integer n) {
        return HttpResponse.ok(id);
    }
}
