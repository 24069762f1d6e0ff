package escale.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import escale.testkit.Contracts;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTourTest {
    private static final LocalDate DAY = LocalDate.of(2026, 5, 4);

    @Test
    void every_demo_tour_keeps_the_contract() throws Exception {
        for (var tour : DemoTour.ALL) {
            Contracts.assertValid("tour.published", new ObjectMapper().writeValueAsBytes(tour.published(DAY)));
        }
    }

    @Test
    void every_demo_traveller_keeps_the_contract() throws Exception {
        for (var traveller : DemoTraveller.values()) {
            Contracts.assertValid("user.updated", new ObjectMapper().writeValueAsBytes(traveller.updated()));
        }
    }

    @Test
    void the_same_day_offers_the_same_and_a_later_one_replaces_it() {
        for (var tour : DemoTour.ALL) {
            assertThat(tour.published(DAY)).isEqualTo(tour.published(DAY));
            assertThat((long) tour.published(DAY.plusDays(1)).get("version"))
                    .isGreaterThan((long) tour.published(DAY).get("version"));
        }
    }

    @Test
    void no_two_departures_share_an_id_and_each_starts_after_the_first_day() {
        var ids = new HashSet<Object>();
        for (var tour : DemoTour.ALL) {
            for (var departure : (List<?>) tour.published(DAY).get("departures")) {
                var fields = (Map<?, ?>) departure;
                assertThat(ids.add(fields.get("departureId"))).isTrue();
                assertThat(fields.get("startsAt").toString())
                        .isGreaterThan(DAY.plusDays(1).toString());
            }
        }
        assertThat(ids).contains("e5ca1e00-0000-7000-8000-000000000101");
    }
}
