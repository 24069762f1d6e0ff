package escale.booking.http;

import escale.booking.PayLinkRequest;
import escale.booking.SendPayLink;
import escale.booking.SendPayLink.Sending;
import escale.http.ETag;
import escale.http.IdempotencyKey;
import escale.http.IfMatch;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

/** Having travellers sent a link to pay by, for those who look after bookings. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PayLinkController {
    private final SendPayLink send;

    PayLinkController(SendPayLink send) {
        this.send = send;
    }

    /** The link itself goes to the traveller alone. */
    @Post("/{id}/pay-link")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> send(UUID id, IfMatch seen, IdempotencyKey key, Identity operator, Trace trace) {
        var request = new PayLinkRequest(Ids.next(), id, seen.version(), operator.userId(), key.value(), trace);
        return switch (send.send(request)) {
            case Sending.Sent(var booking) -> BookingController.accepted(booking, false);
            case Sending.Replayed(var booking) -> BookingController.accepted(booking, true);
            case Sending.Unknown() -> throw VisibleBookings.unknown();
            case Sending.Stale(var now) -> ETag.stale(now.version());
            case Sending.Refused(var why) -> PayController.refused(why);
        };
    }
}
