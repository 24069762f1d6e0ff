package escale.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");

    @AutoClose
    private static final Door door = Door.open();

    @Test
    void the_links_lead_through_the_whole_list_and_end() {
        var seen = new ArrayList<Object>();
        var path = "/v1/numbers?limit=10";
        int pages = 0;
        while (!path.isEmpty()) {
            var answer = door.get(path);
            assertThat(answer.status()).isEqualTo(200);
            seen.addAll((List<?>) answer.json().get("items"));
            var link = NEXT.matcher(answer.header("Link"));
            path = link.matches() ? link.group(1) : "";
            assertThat(answer.json().containsKey("next")).isEqualTo(!path.isEmpty());
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith(1).endsWith(25);
    }

    @Test
    void a_page_that_is_exactly_full_is_the_last_if_nothing_follows() {
        assertThat(door.get("/v1/numbers?limit=25").header("Link")).isEmpty();
        assertThat(door.get("/v1/numbers?limit=24").header("Link")).isNotEmpty();
    }

    @Test
    void an_empty_page_says_that_it_is_empty() {
        var beyond = new Cursor(25, new UUID(0, 25)).encode();
        assertThat(door.get("/v1/numbers?cursor=" + beyond).json()).containsEntry("items", List.of());
    }

    @Test
    void the_link_keeps_the_filters_and_replaces_the_cursor() {
        var cursor = new Cursor(3, new UUID(0, 3)).encode();
        var link =
                door.get("/v1/numbers?tour=a%26b&cursor=" + cursor + "&limit=5").header("Link");

        assertThat(link)
                .isEqualTo("</v1/numbers?tour=a%%26b&limit=5&cursor=%s>; rel=\"next\""
                        .formatted(new Cursor(8, new UUID(0, 8)).encode()));
        assertThat(door.get("/v1/numbers?limit=5&cursor=" + cursor).json())
                .containsEntry("items", List.of(4, 5, 6, 7, 8));
        assertThat(door.get("/v1/numbers?cursor=" + cursor + "&limit=5").header("Link"))
                .contains("?limit=5&cursor=");
    }

    @Test
    void a_page_holds_twenty_unless_told_otherwise() {
        assertThat((List<?>) door.get("/v1/numbers").json().get("items")).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "x", "", "1.5", "99999999999"})
    void a_limit_beyond_one_to_a_hundred_is_refused(String limit) {
        var answer = door.get("/v1/numbers?limit=" + limit);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-request");
        assertThat(answer.json()).containsEntry("detail", "limit must be 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "AAAA", "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_cursor_that_is_none_is_refused(String cursor) {
        var answer = door.get("/v1/numbers?cursor=" + cursor);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("cursor-invalid");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 300_000_000_000_000_000L, -100_000_000_000_000_000L})
    void a_cursor_whose_time_no_database_holds_is_refused(long key) {
        assertThat(door.get("/v1/since?cursor=" + new Cursor(key, new UUID(0, 0)).encode())
                        .code())
                .isEqualTo("cursor-invalid");
    }

    @Test
    void a_cursor_says_again_what_was_put_into_it() {
        var id = UUID.randomUUID();
        var at = Instant.parse("2026-05-01T09:00:00.123456Z");

        assertThat(Cursor.decode(Cursor.at(at, id).encode())).isEqualTo(Cursor.at(at, id));
        assertThat(Cursor.at(at, id).instant()).isEqualTo(at);
        assertThat(Cursor.decode(new Cursor(-7, id).encode())).isEqualTo(new Cursor(-7, id));
        assertThatThrownBy(() -> Cursor.decode("=".repeat(32))).isInstanceOf(ProblemException.class);
    }
}
