package escale.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {
    @AutoClose
    private static final Door door = Door.open();

    private static Door.Answer change(String ifMatch) {
        var request = door.to("/v1/thing").PUT(HttpRequest.BodyPublishers.noBody());
        return door.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    @Test
    void a_thing_is_answered_with_its_version() {
        var answer = door.get("/v1/thing");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*"})
    void a_client_that_has_this_version_is_not_sent_it_again(String known) {
        var answer = door.send(door.to("/v1/thing").header("If-None-Match", known));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.http().body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "", "\"77\"", "garbage"})
    void a_client_that_has_another_version_is_sent_this_one(String known) {
        assertThat(door.send(door.to("/v1/thing").header("If-None-Match", known))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_change_of_the_version_seen_goes_through() {
        assertThat(change("\"7\"").status()).isEqualTo(200);
    }

    @Test
    void a_change_without_a_version_is_refused() {
        assertThat(change(null).status()).isEqualTo(428);
        assertThat(change(null).code()).isEqualTo("if-match-missing");
        assertThat(change(" ").code()).isEqualTo("if-match-missing");
    }

    @Test
    void a_change_of_an_old_version_learns_the_new_one() {
        var answer = change("\"6\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.code()).isEqualTo("stale-version");
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
        assertThat(answer.json()).containsEntry("currentVersion", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "*", "W/\"7\"", "\"x\"", "\"7\", \"8\"", "\"-7\"", "\"99999999999999999999\""})
    void a_version_that_is_none_of_ours_is_refused(String ifMatch) {
        assertThat(change(ifMatch).status()).isEqualTo(400);
        assertThat(change(ifMatch).code()).isEqualTo("if-match-invalid");
    }
}
