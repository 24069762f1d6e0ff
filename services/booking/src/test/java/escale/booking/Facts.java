package escale.booking;

import escale.runtime.Ids;
import escale.runtime.Trace;
import java.time.Instant;
import java.util.UUID;

/** Things as they might be. */
final class Facts {
    static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");
    private static final UUID TOUR = UUID.fromString("019cade2-11c0-752e-b269-a6a36513270e");
    private static final UUID DEPARTURE = UUID.fromString("019cade2-fc20-70c5-8d23-1818892f902b");

    private Facts() {}

    static Departure departure(int seatsLeft) {
        return departure(DEPARTURE, seatsLeft, NOW.plusSeconds(3_600), true);
    }

    static Departure departure(UUID id, int seatsLeft, Instant startsAt, boolean open) {
        return new Departure(id, TOUR, "Montmartre", startsAt, "Europe/Paris", "EUR", 4_500, seatsLeft, open);
    }

    static BookingRequest request(String user, String key, UUID departure, int people) {
        return new BookingRequest(
                Ids.next(),
                Ids.next(),
                user,
                key,
                new byte[] {(byte) people},
                departure,
                people,
                "pm_card_visa",
                "fr",
                new Trace("", ""));
    }

    /** For two people, paid by charge 1. */
    static Booking booking(Status status) {
        return new Booking(
                Ids.next(),
                "marie",
                new Booking.Trip(TOUR, "Montmartre", DEPARTURE, NOW.plusSeconds(3_600), "Europe/Paris"),
                2,
                9_000,
                "EUR",
                status,
                PaymentMethod.CARD,
                1,
                Ids.next(),
                0,
                false,
                null,
                null,
                "fr",
                null,
                new Trace("", ""),
                NOW,
                NOW,
                1);
    }

    static PayLinks payLinks() {
        return new PayLinks(new PayLinkSettings("a key that is known to tests only", "https://escale.example"));
    }

    static PaymentNews.About about(UUID booking, int chargeNo, int version) {
        return new PaymentNews.About(
                booking,
                Ids.next(),
                chargeNo,
                version,
                1,
                1,
                "payment-1",
                new PaymentNews.Source("payments", 0, 1),
                NOW,
                new Trace("", ""));
    }
}
