package escale.booking.http;

import escale.booking.AcceptBookings;
import escale.booking.Booking;
import escale.booking.BookingEvent.CancelledBy;
import escale.booking.BookingRequest;
import escale.booking.CancelBooking;
import escale.booking.CancelBooking.Cancellation;
import escale.booking.Outcome;
import escale.booking.Status;
import escale.booking.http.BookingJson.View;
import escale.booking.sql.Timelines;
import escale.http.ETag;
import escale.http.IdempotencyKey;
import escale.http.IfMatch;
import escale.http.Input;
import escale.http.Problem;
import escale.http.RequestHash;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.UUID;

/** Bookings, for those whose they are and for those who look after them. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BookingController {
    private final AcceptBookings accept;
    private final CancelBooking cancel;
    private final VisibleBookings visible;
    private final Timelines timelines;

    BookingController(AcceptBookings accept, CancelBooking cancel, VisibleBookings visible, Timelines timelines) {
        this.accept = accept;
        this.cancel = cancel;
        this.visible = visible;
        this.timelines = timelines;
    }

    @Post
    @Allow(Role.TRAVELLER)
    HttpResponse<?> book(@Body BookingJson.Request body, IdempotencyKey key, Identity identity, Trace trace) {
        var hash = RequestHash.of(body.departureId(), body.people(), body.paymentMethod(), body.locale());
        var request = Input.of(() -> new BookingRequest(
                Ids.next(),
                Ids.next(),
                identity.userId(),
                key.value(),
                hash,
                body.departureId(),
                body.people(),
                body.paymentMethod(),
                body.locale(),
                trace));
        return switch (accept.accept(request)) {
            case Outcome.Accepted(var booking) -> accepted(booking, false);
            case Outcome.Replayed(var booking) -> accepted(booking, true);
            case Outcome.SoldOut(var asked, var left) ->
                Problem.conflict("sold-out", left + " seats are left, " + asked + " were asked for")
                        .with("seatsLeft", left)
                        .answer();
            case Outcome.UnknownDeparture() ->
                Problem.notFound("unknown-departure", "There is no such departure, or it is not offered any more")
                        .answer();
            case Outcome.DepartureLeft() ->
                Problem.conflict("departure-left", "This departure has started already")
                        .answer();
            case Outcome.TooManySeats(var held, var limit) ->
                Problem.conflict(
                                "too-many-seats",
                                "One traveller holds at most " + limit + " seats of a departure, you hold " + held)
                        .answer();
            case Outcome.KeyReused() ->
                Problem.unprocessable("idempotency-key-reused", "This key stands for another request")
                        .answer();
            case Outcome.Busy() ->
                Problem.unavailable(
                                "unavailable", "Too many bookings at once: the same request may succeed in a moment")
                        .answerRetryAfter(Duration.ofSeconds(1));
        };
    }

    /** An order was taken: what comes of it is to be read later. */
    static MutableHttpResponse<View> accepted(Booking booking, boolean replayed) {
        return HttpResponse.<View>accepted()
                .body(View.of(booking))
                .header(HttpHeaders.LOCATION, "/v1/bookings/" + booking.id())
                .header(HttpHeaders.ETAG, ETag.of(booking.version()))
                .header("Idempotent-Replayed", Boolean.toString(replayed));
    }

    @Get("/{id}")
    @Allow({Role.TRAVELLER, Role.OPS_READ, Role.SERVICE})
    HttpResponse<View> one(UUID id, Identity identity, HttpRequest<?> request) {
        var booking = visible.find(id, identity, Role.OPS_READ, Role.SERVICE);
        return isMovingWithoutVersion(booking)
                ? HttpResponse.ok(View.of(booking)).header(HttpHeaders.ETAG, ETag.of(booking.version()))
                : ETag.answer(
                        request,
                        booking.version(),
                        () -> View.of(booking, visible.pendingChange(booking).orElse(null)));
    }

    /** While attempts are being made their number rises, and the version does not: nobody's copy is known to be good. */
    private static boolean isMovingWithoutVersion(Booking booking) {
        return booking.status() == Status.PENDING_PAYMENT && booking.attempts() > 0;
    }

    @Get("/{id}/timeline")
    @Allow({Role.TRAVELLER, Role.OPS_READ, Role.SERVICE})
    BookingJson.Timeline timeline(UUID id, Identity identity) {
        return BookingJson.Timeline.of(visible.find(id, identity, Role.OPS_READ, Role.SERVICE), timelines.of(id));
    }

    /** The traveller for themselves, support for anybody. */
    @Post("/{id}/cancel")
    @Allow({Role.TRAVELLER, Role.OPS_WRITE})
    HttpResponse<?> cancel(UUID id, IfMatch seen, Identity identity, Trace trace) {
        var booking = visible.find(id, identity, Role.OPS_WRITE);
        var by = booking.userId().equals(identity.userId()) ? CancelledBy.TRAVELLER : CancelledBy.SUPPORT;
        return switch (cancel.cancel(id, seen.version(), by, trace)) {
            case Cancellation.Cancelled(var now) ->
                HttpResponse.ok(View.of(now)).header(HttpHeaders.ETAG, ETag.of(now.version()));
            case Cancellation.Stale(var now) -> ETag.stale(now.version());
            case Cancellation.Over(var now) ->
                Problem.conflict("booking-over", "A booking that is " + now.status() + " cannot be cancelled")
                        .answer();
            case Cancellation.DepartureLeft _ ->
                Problem.conflict("departure-left", "This departure has started already")
                        .answer();
            case Cancellation.Unknown() -> throw VisibleBookings.unknown();
        };
    }
}
