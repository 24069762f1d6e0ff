package escale.booking.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import escale.booking.Booking;
import escale.booking.PaymentMethod;
import escale.booking.Status;
import escale.booking.change.Change;
import escale.booking.sql.Timelines;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bookings on the wire. */
final class BookingJson {
    private BookingJson() {}

    /** What a client may ask for; no price, no status, no user. */
    @Serdeable.Deserializable
    record Request(
            UUID departureId,
            int people,
            String paymentMethod,
            @Nullable String locale) {}

    /** What a client may ask for who pays a booking that exists. */
    @Serdeable.Deserializable
    record PayRequest(String paymentMethod) {}

    /** What a client may ask for who changes a booking; what is not said stays as it is. */
    @Serdeable.Deserializable
    record ChangeRequest(
            @Nullable UUID departureId,
            @Nullable Integer people,
            @Nullable String paymentMethod) {}

    /** What a booking becomes once the supplement is paid. */
    @Serdeable.Serializable
    record PendingChange(
            UUID departureId,
            Instant startsAt,
            int people,
            long amount,
            long supplement,
            int chargeNo,
            @Nullable String link,
            @Nullable Instant expiresAt) {
        static @Nullable PendingChange of(@Nullable Change change) {
            if (change == null || change.chargeNo() == null) {
                return null;
            }
            var wanted = change.after();
            return new PendingChange(
                    wanted.departureId(),
                    wanted.startsAt(),
                    wanted.people(),
                    wanted.amount(),
                    change.supplement(),
                    change.chargeNo(),
                    change.link(),
                    change.expiresAt());
        }
    }

    @Serdeable.Serializable
    record View(
            UUID bookingId,
            String userId,
            UUID tourId,
            UUID departureId,
            int people,
            long amount,
            String currency,
            Status status,
            int chargeNo,
            int attempts,
            boolean requiresManualIntervention,
            @Nullable UUID paymentId,
            @Nullable String reason,
            PaymentMethod paymentMethod,
            @Nullable String message,
            @Nullable String link,
            @Nullable Instant expiresAt,
            @Nullable PendingChange change,
            Instant createdAt,
            Instant updatedAt,
            int version) {
        static View of(Booking booking) {
            return of(booking, null);
        }

        static View of(Booking booking, @Nullable Change pending) {
            return new View(
                    booking.id(),
                    booking.userId(),
                    booking.trip().tourId(),
                    booking.trip().departureId(),
                    booking.people(),
                    booking.amount(),
                    booking.currency(),
                    booking.status(),
                    booking.chargeNo(),
                    booking.attempts(),
                    booking.requiresManualIntervention(),
                    booking.paymentId(),
                    booking.reason(),
                    booking.paymentMethod(),
                    booking.status() == Status.RESERVED_PENDING_PAYMENT ? Messages.reserved(booking.locale()) : null,
                    booking.link(),
                    booking.expiresAt(),
                    PendingChange.of(pending),
                    booking.createdAt(),
                    booking.updatedAt(),
                    booking.version());
        }
    }

    @Serdeable.Serializable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Timeline(UUID bookingId, List<Entry> entries) {
        /** That it was accepted is told by the booking itself: the busiest moment writes no line. */
        static Timeline of(Booking booking, List<Timelines.Entry> lines) {
            var entries = new ArrayList<Entry>(lines.size() + 1);
            entries.add(Entry.accepted(booking));
            lines.forEach(line -> entries.add(Entry.of(line)));
            return new Timeline(booking.id(), entries);
        }
    }

    @Serdeable.Serializable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant at,
            String type,
            @Nullable Status status,
            @Nullable Integer chargeNo,
            @Nullable Integer attempt,
            @Nullable Integer cycle,
            @Nullable String cause,
            @Nullable Instant nextAttemptAt,
            @Nullable String worker,
            @Nullable Source source,
            @Nullable String traceId) {
        static Entry accepted(Booking booking) {
            var later = booking.paymentMethod() == PaymentMethod.DEFERRED;
            return new Entry(
                    booking.createdAt(),
                    later ? "booking.reserved" : "booking.created",
                    later ? Status.RESERVED_PENDING_PAYMENT : Status.PENDING_PAYMENT,
                    later ? 0 : 1,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Timelines.traceId(booking.trace().traceparent()));
        }

        static Entry of(Timelines.Entry line) {
            var source = line.source();
            return new Entry(
                    line.at(),
                    line.type(),
                    line.status(),
                    line.chargeNo(),
                    line.attempt(),
                    line.cycle(),
                    line.cause(),
                    line.nextAttemptAt(),
                    line.worker(),
                    source == null ? null : new Source(source.topic(), source.partition(), source.offset()),
                    line.traceId());
        }
    }

    @Serdeable.Serializable
    record Source(String topic, int partition, long offset) {}
}
