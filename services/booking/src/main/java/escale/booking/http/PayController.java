package escale.booking.http;

import escale.booking.PayBooking;
import escale.booking.PayBooking.Paying;
import escale.booking.PayLinks;
import escale.booking.PayLinks.Permission;
import escale.booking.PayRequest;
import escale.http.IdempotencyKey;
import escale.http.Input;
import escale.http.Problem;
import escale.http.RequestHash;
import escale.http.identity.Allow;
import escale.http.identity.AllowAnyone;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Paying what is not paid: by the traveller, or by whoever holds the link they were sent. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PayController {
    private static final String LINK = "Pay-Link-Token";

    private final PayBooking pay;
    private final PayLinks links;
    private final VisibleBookings visible;
    private final Clock machine;

    PayController(PayBooking pay, PayLinks links, VisibleBookings visible, @Named("machine") Clock machine) {
        this.pay = pay;
        this.links = links;
        this.visible = visible;
        this.machine = machine;
    }

    @Post("/{id}/pay")
    @RouteCondition("#{!request.headers.findFirst('Pay-Link-Token').isPresent()}")
    @Allow(Role.TRAVELLER)
    HttpResponse<?> asTraveller(
            UUID id, @Body BookingJson.PayRequest body, IdempotencyKey key, Identity identity, Trace trace) {
        return answer(pay.pay(request(visible.find(id, identity).id(), null, body, key, trace)));
    }

    /** Without signing in: the token says which booking, and that its bearer may order one charge for it. */
    @Post("/{id}/pay")
    @RouteCondition("#{request.headers.findFirst('Pay-Link-Token').isPresent()}")
    @AllowAnyone
    HttpResponse<?> byLink(
            UUID id, @Header(LINK) String token, @Body BookingJson.PayRequest body, IdempotencyKey key, Trace trace) {
        var permission = links.read(token).filter(it -> it.bookingId().equals(id));
        if (permission.isEmpty()) {
            return Problem.unauthorized("pay-link-invalid", "This pay link is not valid for this booking")
                    .answer();
        }
        return permission.get().until().isAfter(machine.instant())
                ? answer(pay.pay(request(id, permission.get(), body, key, trace)))
                : expired();
    }

    private static PayRequest request(
            UUID id, @Nullable Permission permission, BookingJson.PayRequest body, IdempotencyKey key, Trace trace) {
        return Input.of(() -> new PayRequest(
                id,
                Ids.next(),
                permission == null ? null : permission.chargeNo(),
                key.value(),
                RequestHash.of(id, body.paymentMethod()),
                body.paymentMethod(),
                trace));
    }

    private static HttpResponse<?> answer(Paying outcome) {
        return switch (outcome) {
            case Paying.Ordered(var booking) -> BookingController.accepted(booking, false);
            case Paying.Replayed(var booking) -> BookingController.accepted(booking, true);
            case Paying.Unknown() -> throw VisibleBookings.unknown();
            case Paying.KeyReused() ->
                Problem.unprocessable("idempotency-key-reused", "This key stands for another request")
                        .answer();
            case Paying.Refused refused -> refused(refused);
        };
    }

    /** The same for whoever pays and for whoever would have a link sent. */
    static HttpResponse<?> refused(Paying.Refused refusal) {
        return switch (refusal) {
            case Paying.BeingVerified _ ->
                Problem.conflict(
                                "payment-being-verified",
                                "An earlier payment of this booking is still being verified: nothing else is charged until"
                                        + " its outcome is known")
                        .answer();
            case Paying.PaidAlready _ ->
                Problem.conflict("already-paid", "This booking is paid").answer();
            case Paying.Expired _ -> expired();
            case Paying.Over(var now) ->
                Problem.conflict("booking-over", "A booking that is " + now.status() + " cannot be paid")
                        .answer();
            case Paying.DepartureLeft _ ->
                Problem.conflict("departure-left", "This departure has started already")
                        .answer();
            case Paying.LinkUsed _ ->
                Problem.forbidden("pay-link-used", "This pay link was used: take that of the latest mail, or sign in")
                        .answer();
        };
    }

    private static HttpResponse<?> expired() {
        return Problem.of(
                        HttpStatus.GONE,
                        "reservation-expired",
                        "The time to pay is over and the seats are released: book again")
                .answer();
    }
}
