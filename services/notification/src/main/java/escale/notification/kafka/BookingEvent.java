package escale.notification.kafka;

import escale.messaging.Json;
import escale.messaging.Received;
import escale.notification.Facts;
import escale.notification.Journey;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.Mail;
import escale.notification.Occasion;
import escale.runtime.Trace;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What booking tells, as far as travellers get mail about it. */
sealed interface BookingEvent {

    /** Something the traveller is told. */
    record Told(Kind kind, Booking booking) implements BookingEvent {
        /** That somebody travels, or does so no longer, if this says it. */
        Optional<Journey> journey() {
            return kind == Kind.CONFIRMED || kind == Kind.CANCELLED
                    ? Optional.of(booking.journey(kind == Kind.CONFIRMED))
                    : Optional.empty();
        }

        Mail mail(UUID id, Trace trace) {
            return new Mail(
                    id,
                    new Occasion(booking.bookingId, kind, booking.chargeNo, booking.refundId, booking.linkId),
                    booking.userId,
                    Language.named(booking.locale),
                    booking.facts(),
                    null,
                    trace);
        }
    }

    /** Nothing to tell; but the reminder is about something else now. */
    record Changed(Booking booking) implements BookingEvent {}

    /** Of no concern to the traveller's mail box, or not known to this version. */
    record Other() implements BookingEvent {}

    /** The fields that are read, whichever event they come with. */
    @Serdeable
    record Booking(
            UUID bookingId,
            int version,
            String userId,
            String tourTitle,
            Instant startsAt,
            String timezone,
            int people,
            long amount,
            String currency,
            int chargeNo,
            @Nullable String locale,
            @Nullable Boolean declined,
            @Nullable UUID refundId,
            @Nullable Long refundAmount,
            @Nullable UUID linkId,
            @Nullable String link,
            @Nullable Instant expiresAt) {
        public Booking {
            if (people < 1 || amount < 1 || chargeNo < 0 || (refundAmount != null && refundAmount < 1)) {
                throw new IllegalArgumentException(
                        "people " + people + ", amount " + amount + ", chargeNo " + chargeNo);
            }
        }

        Journey journey(boolean travels) {
            return new Journey(bookingId, version, travels, userId, Language.named(locale), facts());
        }

        Facts facts() {
            return new Facts(tourTitle, startsAt, timezone, people, amount, currency, refundAmount, link, expiresAt);
        }
    }

    static BookingEvent of(Received received, Json json) {
        return switch (received.type()) {
            case "booking.confirmed" -> told(Kind.CONFIRMED, received, json);
            case "booking.needs-attention" -> told(Kind.NEEDS_ATTENTION, received, json);
            case "booking.reserved" -> told(Kind.RESERVED, received, json);
            case "booking.pay-link-sent" -> told(Kind.PAY_LINK, received, json);
            case "booking.action-required" -> told(Kind.ACTION_REQUIRED, received, json);
            case "booking.cancelled" -> told(Kind.CANCELLED, received, json);
            case "booking.expired" -> told(Kind.EXPIRED, received, json);
            case "booking.refunded" -> told(Kind.REFUNDED, received, json);
            case "booking.payment-failed" -> {
                var booking = json.read(received, Booking.class);
                var declined = Boolean.TRUE.equals(booking.declined);
                yield new Told(declined ? Kind.PAYMENT_DECLINED : Kind.PAYMENT_FAILED, booking);
            }
            case "booking.changed" -> new Changed(json.read(received, Booking.class));
            default -> new Other();
        };
    }

    private static BookingEvent told(Kind kind, Received received, Json json) {
        return new Told(kind, json.read(received, Booking.class));
    }
}
