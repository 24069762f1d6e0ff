package escale.booking.http;

import escale.booking.Booking;
import escale.booking.change.ChangeBooking;
import escale.booking.change.ChangeRequest;
import escale.booking.change.Changed;
import escale.booking.http.BookingJson.View;
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
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

/** Changing what is paid: another departure of the tour, or another number of seats. For its traveller only. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ChangeController {
    private final ChangeBooking change;
    private final VisibleBookings visible;

    ChangeController(ChangeBooking change, VisibleBookings visible) {
        this.change = change;
        this.visible = visible;
    }

    @Post("/{id}/change")
    @Allow(Role.TRAVELLER)
    HttpResponse<?> change(
            UUID id,
            @Body BookingJson.ChangeRequest body,
            IfMatch seen,
            IdempotencyKey key,
            Identity identity,
            Trace trace) {
        var booking = visible.find(id, identity);
        var request = Input.of(() -> new ChangeRequest(
                Ids.next(),
                Ids.next(),
                booking.id(),
                seen.version(),
                body.departureId(),
                body.people(),
                body.paymentMethod(),
                key.value(),
                RequestHash.of(id, body.departureId(), body.people(), body.paymentMethod()),
                trace));
        return answer(change.change(request));
    }

    private HttpResponse<?> answer(Changed outcome) {
        return switch (outcome) {
            case Changed.Done(var booking) -> done(booking, false);
            case Changed.Waiting(var booking, var pending) ->
                BookingController.accepted(booking, false).body(View.of(booking, pending));
            case Changed.Replayed(var booking) -> replayed(booking);
            case Changed.Unknown() -> throw VisibleBookings.unknown();
            case Changed.KeyReused() ->
                Problem.unprocessable("idempotency-key-reused", "This key stands for another request")
                        .answer();
            case Changed.Pending() ->
                Problem.conflict("change-pending", "An earlier change waits for its supplement: one at a time")
                        .answer();
            case Changed.Stale(var now) -> ETag.stale(now.version());
            case Changed.NotConfirmed(var now) ->
                Problem.conflict("not-confirmed", "Only what is paid can be changed, this booking is " + now.status())
                        .answer();
            case Changed.UnknownDeparture() ->
                Problem.notFound("unknown-departure", "There is no such departure, or it is not offered any more")
                        .answer();
            case Changed.OtherTour() ->
                Problem.unprocessable("other-tour", "This departure is of another tour: book that instead")
                        .answer();
            case Changed.DepartureLeft() ->
                Problem.conflict("departure-left", "This departure has started already")
                        .answer();
            case Changed.NothingToChange() ->
                Problem.unprocessable("nothing-to-change", "The booking is so already")
                        .answer();
            case Changed.OtherCurrency(var currency) ->
                Problem.conflict("other-currency", "This departure is sold in " + currency)
                        .answer();
            case Changed.SoldOut(var asked, var left) ->
                Problem.conflict("sold-out", left + " seats are left, " + asked + " are needed")
                        .with("seatsLeft", left)
                        .answer();
            case Changed.TooManySeats(var held, var limit) ->
                Problem.conflict(
                                "too-many-seats",
                                "One traveller holds at most " + limit + " seats of a departure, you hold " + held
                                        + " beside this booking")
                        .answer();
            case Changed.MethodNeeded(var supplement) ->
                Problem.unprocessable("payment-method-needed", "The change costs more: say what to charge")
                        .with("supplement", supplement)
                        .answer();
            case Changed.BeingVerified() ->
                Problem.conflict(
                                "payment-being-verified",
                                "An earlier supplement is still being verified: nothing else is charged until its outcome is"
                                        + " known")
                        .answer();
        };
    }

    private HttpResponse<?> replayed(Booking booking) {
        var pending = visible.pendingChange(booking);
        return pending.isPresent()
                ? BookingController.accepted(booking, true).body(View.of(booking, pending.get()))
                : done(booking, true);
    }

    private static HttpResponse<View> done(Booking booking, boolean replayed) {
        return HttpResponse.ok(View.of(booking))
                .header(HttpHeaders.ETAG, ETag.of(booking.version()))
                .header("Idempotent-Replayed", Boolean.toString(replayed));
    }
}
