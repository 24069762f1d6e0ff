package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import escale.runtime.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeatingTest {
    private static final UUID DEPARTURE = Ids.next();
    private static final Instant LATER = Facts.NOW.plusSeconds(1);

    @Test
    void first_come_first_served_until_the_last_seat() {
        var outcomes = decide(2, request("a", 1), request("b", 1), request("c", 1));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.SoldOut(1, 0));
    }

    @Test
    void a_large_party_that_does_not_fit_never_stands_in_the_way_of_a_smaller_one() {
        var outcomes = decide(3, request("a", 4), request("b", 2), request("c", 2), request("d", 1));
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.SoldOut(4, 3));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.SoldOut(2, 1));
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void the_price_is_that_of_the_departure_for_everybody_in_the_party() {
        var outcome = decide(10, request("a", 3)).getFirst();
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.booking().amount()).isEqualTo(13_500);
            assertThat(accepted.booking().currency()).isEqualTo("EUR");
            assertThat(accepted.booking().status()).isEqualTo(Status.PENDING_PAYMENT);
            assertThat(accepted.booking().chargeNo()).isEqualTo(1);
        });
    }

    @Test
    void the_same_key_twice_in_a_batch_is_one_booking() {
        var outcomes = decide(
                10,
                Facts.request("marie", "key", DEPARTURE, 2),
                Facts.request("marie", "key", DEPARTURE, 2),
                Facts.request("marie", "key", DEPARTURE, 3),
                Facts.request("paul", "key", DEPARTURE, 3));
        var booking = ((Outcome.Accepted) outcomes.get(0)).booking();
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.Replayed(booking));
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.KeyReused());
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_key_that_was_used_before_takes_no_seats_again() {
        var first = Facts.request("marie", "key", DEPARTURE, 2);
        var booking = Facts.booking(Status.CONFIRMED);
        var facts = new Seating.Facts(
                Map.of(DEPARTURE, Facts.departure(DEPARTURE, 1, LATER, true)),
                Map.of(first.idempotencyKey(), new Seating.Used(first.hash(), booking)),
                Map.of());
        var outcomes = Seating.decide(
                List.of(
                        first,
                        Facts.request("marie", "key", DEPARTURE, 1),
                        Facts.request("marie", "other", DEPARTURE, 1)),
                facts,
                0,
                Facts.NOW,
                false);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Replayed(booking));
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.KeyReused());
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_refusal_leaves_its_key_unused() {
        var outcomes =
                decide(1, Facts.request("marie", "key", DEPARTURE, 2), Facts.request("marie", "key", DEPARTURE, 1));
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.SoldOut(2, 1));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void what_is_unknown_withdrawn_or_under_way_cannot_be_booked() {
        var facts = new Seating.Facts(
                Map.of(
                        DEPARTURE,
                        Facts.departure(DEPARTURE, 5, Facts.NOW, true),
                        new UUID(0, 1),
                        Facts.departure(new UUID(0, 1), 5, LATER, false)),
                Map.of(),
                Map.of());
        var outcomes = Seating.decide(
                List.of(
                        Facts.request("a", "1", DEPARTURE, 1),
                        Facts.request("a", "2", new UUID(0, 1), 1),
                        Facts.request("a", "3", new UUID(0, 2), 1)),
                facts,
                0,
                Facts.NOW,
                false);
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.DepartureLeft(), new Outcome.UnknownDeparture(), new Outcome.UnknownDeparture());
    }

    @Test
    void one_traveller_holds_so_many_seats_of_a_departure_and_no_more() {
        var facts = new Seating.Facts(
                Map.of(DEPARTURE, Facts.departure(DEPARTURE, 50, LATER, true)),
                Map.of(),
                Map.of(new Seating.Traveller("marie", DEPARTURE), 6));
        var outcomes = Seating.decide(
                List.of(
                        Facts.request("marie", "1", DEPARTURE, 3),
                        Facts.request("marie", "2", DEPARTURE, 2),
                        Facts.request("marie", "3", DEPARTURE, 1),
                        Facts.request("paul", "4", DEPARTURE, 8)),
                facts,
                8,
                Facts.NOW,
                false);
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.TooManySeats(6, 8));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.TooManySeats(8, 8));
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void whatever_comes_no_seat_is_given_twice_and_nobody_who_fits_is_sent_away() {
        var random = new Random(20_260_504);
        for (var round = 0; round < 500; round++) {
            var left = random.nextInt(30);
            var requests = new ArrayList<BookingRequest>();
            for (var i = 0; i < 1 + random.nextInt(40); i++) {
                requests.add(Facts.request("user", "key " + i, DEPARTURE, 1 + random.nextInt(6)));
            }
            var outcomes = decide(left, requests.toArray(BookingRequest[]::new));
            for (var i = 0; i < requests.size(); i++) {
                var people = requests.get(i).people();
                if (people <= left) {
                    assertThat(outcomes.get(i)).isInstanceOf(Outcome.Accepted.class);
                    left -= people;
                } else {
                    assertThat(outcomes.get(i)).isEqualTo(new Outcome.SoldOut(people, left));
                }
            }
        }
    }

    private static BookingRequest request(String user, int people) {
        return Facts.request(user, "key", DEPARTURE, people);
    }

    private static List<Outcome> decide(int seatsLeft, BookingRequest... requests) {
        var facts = new Seating.Facts(
                Map.of(DEPARTURE, Facts.departure(DEPARTURE, seatsLeft, LATER, true)), Map.of(), Map.of());
        return Seating.decide(List.of(requests), facts, 0, Facts.NOW, false);
    }
}
