package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import escale.http.identity.Role;
import io.micronaut.web.router.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: a row for every route, a column for everybody who might ask. */
class AccessIT {
    private static final String TABLE = """
            route                            | nobody | expired | owner | stranger | ops-read | ops-write | service | operator
            POST /v1/bookings                | 401    | 401     | 202   | 202      | 403      | 403       | 403     | 403
            GET /v1/bookings                 | 401    | 401     | 200   | 200      | 200      | 403       | 200     | 403
            GET /v1/bookings?user=marie      | 401    | 401     | 200   | 403      | 200      | 403       | 200     | 403
            GET /v1/bookings/{id}            | 401    | 401     | 200   | 404      | 200      | 403       | 200     | 403
            GET /v1/bookings/{id}/timeline   | 401    | 401     | 200   | 404      | 200      | 403       | 200     | 403
            GET /v1/bookings/{id}/stream     | 401    | 401     | 200   | 404      | 200      | 403       | 200     | 403
            POST /v1/bookings/{id}/cancel    | 401    | 401     | 200   | 404      | 403      | 200       | 403     | 403
            GET /health                      | 200    | 200     | 200   | 200      | 200      | 200       | 200     | 200
            POST /v1/bookings/{id}/pay       | 401    | 401     | 202   | 404      | 403      | 403       | 403     | 403
            POST /v1/bookings/{id}/pay-link  | 401    | 401     | 403   | 403      | 403      | 202       | 403     | 403
            POST /v1/bookings/{id}/change    | 401    | 401     | 200   | 404      | 403      | 403       | 403     | 403
            """;

    @AutoClose
    private static final BookingService service = BookingService.start();

    private record Row(String method, String path, List<Integer> expected) {}

    static List<Row> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .map(cells -> new Row(
                        cells.getFirst().split(" ")[0],
                        cells.getFirst().split(" ")[1],
                        cells.subList(1, cells.size()).stream()
                                .map(Integer::valueOf)
                                .toList()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everybody_gets_what_the_table_says(Row row) {
        var tokens = List.of(
                "",
                BookingService.expiredToken("marie", Role.TRAVELLER),
                BookingService.token("marie", Role.TRAVELLER),
                BookingService.token("paul", Role.TRAVELLER),
                BookingService.token("olga", Role.OPS_READ),
                BookingService.token("oskar", Role.OPS_WRITE),
                BookingService.token("notification", Role.SERVICE),
                BookingService.token("tours", Role.OPERATOR));
        for (var who = 0; who < tokens.size(); who++) {
            assertThat(status(row, tokens.get(who)))
                    .as("%s %s, column %d", row.method(), row.path(), who)
                    .isEqualTo(row.expected().get(who));
        }
    }

    /** Each time with a booking of its own, and one that is settled, so that its stream ends. */
    private static int status(Row row, String token) {
        var booking = service.booked(service.departure(5), 1);
        var version = 1;
        if (row.path().endsWith("/stream")) {
            service.update("update booking set status = 'CONFIRMED' where id = ?", booking);
        }
        if (row.path().endsWith("/pay") || row.path().endsWith("/pay-link")) {
            service.update("update booking set status = 'PAYMENT_FAILED' where id = ?", booking);
        }
        if (row.path().endsWith("/change")) {
            service.update("update booking set status = 'CONFIRMED', people = 2, amount = 9000 where id = ?", booking);
        }
        return service.call(
                        row.method(),
                        row.path().replace("{id}", booking.toString()),
                        token,
                        body(row),
                        "Idempotency-Key",
                        UUID.randomUUID().toString(),
                        "If-Match",
                        "\"" + version + "\"")
                .statusCode();
    }

    private static String body(Row row) {
        return switch (row.method() + " " + row.path()) {
            case "POST /v1/bookings" -> BookingService.body(service.departure(5), 1);
            case "POST /v1/bookings/{id}/pay" -> "{\"paymentMethod\": \"pm_card_visa\"}";
            case "POST /v1/bookings/{id}/change" -> "{\"people\": 1}";
            default -> "";
        };
    }

    @Test
    void no_route_is_missing_from_the_table() {
        var ruled = rows().stream()
                .map(row -> row.method() + " " + row.path().replaceAll("\\?.*", ""))
                .collect(Collectors.toSet());
        var routes = service.bean(Router.class)
                .uriRoutes()
                .filter(route -> route.getDeclaringType().getName().startsWith("escale."))
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .filter(route -> !route.startsWith("HEAD"))
                .collect(Collectors.toSet());
        assertThat(routes).isNotEmpty().isSubsetOf(ruled);
    }

    @Test
    void travellers_list_their_own_and_pages_follow_each_other_without_gap_or_repetition() {
        var lea = BookingService.token("lea", Role.TRAVELLER);
        var tour = UUID.randomUUID();
        var departure = service.departure(tour, 20, Instant.now().plus(Duration.ofHours(2)));
        for (var i = 0; i < 5; i++) {
            service.book(lea, "list-" + i, BookingService.body(departure, 1));
        }
        service.booked(departure, 1);
        service.update("update booking set status = 'CONFIRMED' where departure_id = ?", departure);
        assertThat(pages("/v1/bookings?limit=2", lea)).hasSize(5);
        assertThat(pages("/v1/bookings?limit=2&tour=" + tour, lea)).hasSize(5);
        var operator = BookingService.token("olga", Role.OPS_READ);
        assertThat(pages("/v1/bookings?limit=2&tour=" + tour, operator)).hasSize(6);
        assertThat(pages("/v1/bookings?limit=4&upcoming=24h&tour=" + tour, operator))
                .hasSize(6);
        assertThat(pages("/v1/bookings?upcoming=1h&tour=" + tour, operator)).isEmpty();
        assertThat(pages("/v1/bookings?user=lea&upcoming=2d&limit=1", operator)).hasSize(5);
    }

    private static List<String> pages(String path, String token) {
        var ids = new java.util.ArrayList<String>();
        var next = path;
        while (next != null) {
            var page = service.call("GET", next, token, "");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            var found = Pattern.compile("\"bookingId\":\"([^\"]+)\"").matcher(page.body());
            while (found.find()) {
                ids.add(found.group(1));
            }
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceAll("<(.*)>.*", "$1"))
                    .orElse(null);
        }
        assertThat(ids).doesNotHaveDuplicates();
        return ids;
    }
}
