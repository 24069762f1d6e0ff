package escale.booking;

import static escale.booking.PaymentSays.PROVIDER_ID;

import escale.http.identity.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Marie's bookings, paid and about to be changed; what is told of them and ordered for them. */
final class ChangeDesk extends BookingDesk {
    static final String MARIE = BookingService.token("marie", Role.TRAVELLER);

    /** Two departures of one tour with as many seats; the second costs this much. */
    record Tour(UUID first, UUID second) {}

    Tour tour(int seats, int secondPrice) {
        var tour = UUID.randomUUID();
        var startsAt = Instant.now().plus(Duration.ofDays(30));
        var first = service.departure(tour, seats, startsAt);
        var second = service.departure(tour, seats, startsAt.plus(Duration.ofDays(1)));
        service.update("update departure set price = ? where id = ?", secondPrice, second);
        return new Tour(first, second);
    }

    UUID confirmed(UUID departure, int people) {
        var booking = service.booked(departure, people);
        paid(booking, 1, 2);
        service.awaitStatus(booking, Status.CONFIRMED);
        return booking;
    }

    HttpResponse<String> change(UUID booking, String body) {
        return change(booking, version(booking), UUID.randomUUID().toString(), body);
    }

    HttpResponse<String> change(UUID booking, int version, String key, String body) {
        return service.call(
                "POST",
                "/v1/bookings/" + booking + "/change",
                MARIE,
                body,
                "If-Match",
                "\"" + version + "\"",
                "Idempotency-Key",
                key);
    }

    HttpResponse<String> cancel(UUID booking, int version) {
        return service.call(
                "POST", "/v1/bookings/" + booking + "/cancel", MARIE, "", "If-Match", "\"" + version + "\"");
    }

    void paid(UUID booking, int chargeNo, int version) {
        service.pay(booking, chargeNo, version, "payment.succeeded", PROVIDER_ID);
    }

    void refunded(UUID booking, int chargeNo, int version, long amount, long remaining, String reason) {
        service.pay(
                booking,
                chargeNo,
                version,
                "payment.refunded",
                ", \"refundId\": \"%s\", \"refundAmount\": %d, \"remaining\": %d, \"reason\": \"%s\""
                        .formatted(new UUID(chargeNo, version), amount, remaining, reason));
    }

    int version(UUID booking) {
        return service.count("select version from booking where id = ?", booking);
    }

    int people(UUID booking) {
        return service.count("select people from booking where id = ?", booking);
    }

    int pending(UUID booking) {
        return service.count("select count(*) from booking_change where booking_id = ? and state = 'PENDING'", booking);
    }
}
