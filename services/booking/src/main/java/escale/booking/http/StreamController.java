package escale.booking.http;

import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A booking, live. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StreamController {
    private static final Duration COME_BACK_IN = Duration.ofSeconds(5);

    private final VisibleBookings visible;
    private final BookingStreams streams;

    StreamController(VisibleBookings visible, BookingStreams streams) {
        this.visible = visible;
        this.streams = streams;
    }

    /** A browser comes back whenever a stream ends; 204 tells one that has seen the end to stay away. */
    @Get("/{id}/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Allow({Role.TRAVELLER, Role.OPS_READ, Role.SERVICE})
    HttpResponse<?> follow(UUID id, Identity identity, @Header("Last-Event-ID") @Nullable String lastEventId) {
        var booking = visible.find(id, identity, Role.OPS_READ, Role.SERVICE);
        var seen = version(lastEventId);
        if (booking.status().isSettled() && booking.version() <= seen) {
            return HttpResponse.noContent();
        }
        var stream = streams.follow(id, seen);
        return stream.isPresent()
                ? HttpResponse.ok(stream.get()).contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                : Problem.unavailable("unavailable", "Too many streams are open here: ask again in a moment")
                        .answerRetryAfter(COME_BACK_IN);
    }

    private static int version(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return 0;
        }
        if (!lastEventId.matches("[0-9]{1,9}")) {
            throw new ProblemException(Problem.invalid("Last-Event-ID", "must be an id that this stream has sent"));
        }
        return Integer.parseInt(lastEventId);
    }
}
