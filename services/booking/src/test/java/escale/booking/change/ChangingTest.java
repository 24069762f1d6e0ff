package escale.booking.change;

import static org.assertj.core.api.Assertions.assertThat;

import escale.booking.Booking;
import escale.booking.Departure;
import escale.booking.PaymentMethod;
import escale.booking.Status;
import escale.booking.change.Change.State;
import escale.booking.change.Changing.Decision;
import escale.runtime.Ids;
import escale.runtime.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangingTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");
    private static final UUID TOUR = Ids.next();
    private static final UUID OWN = Ids.next();
    private static final UUID OTHER = Ids.next();

    /** Three seats that cost 10,000 altogether; now one costs 5,000 there and 2,000 on the other departure. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            departure, people, amount, further
            own,       2,      6666,   0
            own,       1,      3333,   0
            own,       4,      15000,  1
            own,       5,      20000,  2
            other,     3,      6000,   3
            other,     6,      12000,  6
            """, useHeadersInDisplayName = true)
    void seats_that_are_kept_keep_their_price_and_further_ones_cost_what_they_cost_now(
            String departure, int people, long amount, int further) {
        var booking = booking(1);
        var granted = (Decision.Granted) decide(booking, departure.equals("own") ? null : OTHER, people, 0);
        assertThat(granted.amount()).isEqualTo(amount);
        assertThat(granted.further(booking)).isEqualTo(further);
    }

    @Test
    void what_is_taken_from_nobody_is_granted_though_nothing_is_left() {
        assertThat(decide(booking(1), null, 2, 50)).isInstanceOf(Decision.Granted.class);
        assertThat(decide(booking(1), null, 12, 0)).isEqualTo(new Decision.Refused(new Changed.SoldOut(9, 8)));
        assertThat(decide(booking(1), OTHER, 9, 0)).isEqualTo(new Decision.Refused(new Changed.SoldOut(9, 8)));
    }

    @Test
    void the_limit_counts_what_the_traveller_holds_besides() {
        assertThat(decide(booking(1), null, 10, 40)).isInstanceOf(Decision.Granted.class);
        assertThat(decide(booking(1), null, 11, 40)).isEqualTo(new Decision.Refused(new Changed.TooManySeats(40, 50)));
    }

    /** Charge 2 confirmed it, 3 was declined, 4 paid a change, 5 is waited for. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, false", "4, true", "5, false", "6, false"})
    void a_charge_is_kept_that_confirmed_the_booking_or_paid_a_change(int charge, boolean kept) {
        var changes = List.of(
                change(State.DROPPED, 3), change(State.DONE, 4), change(State.DONE, null), change(State.PENDING, 5));
        assertThat(Change.isKept(charge, booking(5), changes)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, false"})
    void of_what_was_never_changed_the_latest_charge_is_kept(int charge, boolean kept) {
        assertThat(Change.isKept(charge, booking(2), List.of())).isEqualTo(kept);
        assertThat(Change.isKept(charge, booking(2), List.of(change(State.DONE, null))))
                .isEqualTo(kept);
    }

    private static Decision decide(Booking booking, @Nullable UUID departure, int people, int besides) {
        var request = new ChangeRequest(
                Ids.next(),
                Ids.next(),
                booking.id(),
                2,
                departure,
                people,
                null,
                "key",
                new byte[0],
                new Trace("", ""));
        var departures = Map.of(OWN, departure(OWN, 5_000), OTHER, departure(OTHER, 2_000));
        return Changing.decide(booking, request, new Changing.Facts(departures, besides, 50, NOW));
    }

    private static Departure departure(UUID id, long price) {
        return new Departure(id, TOUR, "Montmartre", NOW.plusSeconds(3_600), "Europe/Paris", "EUR", price, 8, true);
    }

    private static Change change(State state, @Nullable Integer chargeNo) {
        var seats = Change.Seats.of(booking(1));
        return new Change(
                Ids.next(), Ids.next(), state, seats, seats, 0, chargeNo, false, null, null, new Trace("", ""));
    }

    private static Booking booking(int chargeNo) {
        return new Booking(
                Ids.next(),
                "marie",
                new Booking.Trip(TOUR, "Montmartre", OWN, NOW.plusSeconds(3_600), "Europe/Paris"),
                3,
                10_000,
                "EUR",
                Status.CONFIRMED,
                PaymentMethod.CARD,
                chargeNo,
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
                2);
    }
}
