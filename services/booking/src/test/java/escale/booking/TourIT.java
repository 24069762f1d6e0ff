package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TourIT {
    @AutoClose
    private static final BookingService service = BookingService.start();

    @Test
    void a_published_tour_can_be_booked_at_its_price_and_a_withdrawn_one_cannot() {
        var tour = Ids.next();
        var departure = Ids.next();
        publish(tour, departure, 1, 10, 5_200);
        awaitCapacity(departure, 10);
        assertThat(service.book(departure, 2).body()).contains("\"amount\":10400");
        Kafka.topics().produce("tours", tour.toString(), null, Map.of("ce_type", "tour.published"));
        await().until(() -> service.count("select count(*) from departure where id = ? and not open", departure) == 1);
        assertThat(service.book(departure, 2).statusCode()).isEqualTo(404);
        publish(tour, departure, 2, 10, 5_200);
        await().until(() -> service.book(departure, 2).statusCode() == 202);
    }

    @Test
    void capacity_moves_the_seats_that_are_left_and_is_never_lowered_below_what_is_sold() {
        var tour = Ids.next();
        var departure = Ids.next();
        publish(tour, departure, 1, 10, 5_200);
        awaitCapacity(departure, 10);
        service.booked(departure, 6);
        publish(tour, departure, 2, 12, 5_200);
        awaitCapacity(departure, 12);
        assertThat(service.seatsLeft(departure)).isEqualTo(6);
        publish(tour, departure, 3, 6, 5_200);
        awaitCapacity(departure, 6);
        assertThat(service.seatsLeft(departure)).isZero();
        publish(tour, departure, 4, 5, 6_000);
        await().until(() -> service.count("select price::int from departure where id = ?", departure) == 6_000);
        assertThat(service.count("select capacity from departure where id = ?", departure))
                .isEqualTo(6);
        await().until(() -> service.bean(io.micrometer.core.instrument.MeterRegistry.class)
                        .get("escale.capacity.refused")
                        .counter()
                        .count()
                >= 1);
    }

    @Test
    void an_older_publication_and_a_broken_one_change_nothing() {
        var tour = Ids.next();
        var departure = Ids.next();
        publish(tour, departure, 5, 10, 5_200);
        awaitCapacity(departure, 10);
        publish(tour, departure, 4, 99, 1);
        publish(tour, departure, 6, -1, 5_200);
        publish(tour, departure, 7, 11, 5_200);
        awaitCapacity(departure, 11);
        assertThat(service.count("select price::int from departure where id = ?", departure))
                .isEqualTo(5_200);
    }

    @Test
    void what_is_missing_from_a_publication_is_offered_no_more() {
        var tour = Ids.next();
        var first = Ids.next();
        var second = Ids.next();
        publish(tour, first, 1, 10, 5_200);
        awaitCapacity(first, 10);
        publish(tour, second, 2, 10, 5_200);
        awaitCapacity(second, 10);
        assertThat(service.book(first, 1).statusCode()).isEqualTo(404);
        assertThat(service.book(second, 1).statusCode()).isEqualTo(202);
    }

    private static void publish(UUID tour, UUID departure, int version, int capacity, long price) {
        var json = """
                {"tourId": "%s", "version": %d, "title": "Montmartre", "city": "Paris", "country": "FR",
                 "timezone": "Europe/Paris", "currency": "EUR", "departures": [
                   {"departureId": "%s", "startsAt": "2099-06-12T18:30:00Z", "capacity": %d, "pricePerPerson": %d}]}
                """.formatted(tour, version, departure, capacity, price);
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        if (capacity >= 0) {
            Contracts.assertValid("tour.published", bytes);
        }
        service.tell("tours", tour.toString(), "tour.published", bytes);
    }

    private static void awaitCapacity(UUID departure, int capacity) {
        await().until(() ->
                service.count("select coalesce((select capacity from departure where id = ?), -1)", departure)
                        == capacity);
    }
}
