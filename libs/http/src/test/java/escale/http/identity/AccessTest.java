package escale.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.http.Door;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    @AutoClose
    private static final Door door = Door.open();

    private static Door.Answer get(String path, String token) {
        return door.send(door.to(path).header("Authorization", "Bearer " + token));
    }

    @Test
    void nobody_gets_in_without_a_token() {
        var answer = door.get("/guarded/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token-missing");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void each_of_the_roles_named_gets_in() {
        assertThat(get("/guarded/me", Door.token("marie", Role.TRAVELLER)).json())
                .containsEntry("userId", "marie");
        assertThat(get("/guarded/me", Door.token("booking", Role.SERVICE)).status())
                .isEqualTo(200);
        assertThat(get("/guarded/me", Door.token("ada", Role.OPS_READ, Role.TRAVELLER))
                        .json())
                .containsEntry("roles", 2);
    }

    @Test
    void another_role_does_not() {
        var answer = get("/guarded/me", Door.token("ada", Role.OPS_WRITE));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("role-missing");
        assertThat(get("/guarded/me", Door.token("nobody")).status()).isEqualTo(403);
    }

    @Test
    void the_rule_of_a_method_stands_instead_of_that_of_its_class() {
        assertThat(get("/guarded/ops", Door.token("marie", Role.TRAVELLER)).status())
                .isEqualTo(403);
        assertThat(get("/guarded/ops", Door.token("ada", Role.OPS_WRITE)).status())
                .isEqualTo(200);
        assertThat(door.get("/guarded/open").status()).isEqualTo(200);
    }

    @Test
    void a_token_is_not_even_read_where_anyone_may_go() {
        assertThat(get("/guarded/open", "garbage").status()).isEqualTo(200);
    }

    @Test
    void who_asks_for_an_identity_where_there_is_none_gets_none() {
        assertThat(get("/guarded/confused", Door.token("marie", Role.TRAVELLER)).status())
                .isEqualTo(401);
    }

    @Test
    void the_word_bearer_may_be_written_as_one_likes_but_must_be_there() {
        var token = Door.token("marie", Role.TRAVELLER);

        assertThat(door.send(door.to("/guarded/me").header("Authorization", "bearer " + token))
                        .status())
                .isEqualTo(200);
        assertThat(door.send(door.to("/guarded/me").header("Authorization", token))
                        .status())
                .isEqualTo(401);
        assertThat(door.send(door.to("/guarded/me").header("Authorization", "Basic " + token))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_missing_page_is_missing_for_strangers_too() {
        assertThat(door.get("/guarded/nothing").status()).isEqualTo(404);
        assertThat(door.send(door.to("/guarded/me").DELETE()).status()).isEqualTo(405);
    }

    @Test
    void a_head_request_is_guarded_like_its_get() {
        assertThat(door.send(door.to("/guarded/me").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unruled", "contradictory", "wrapped", "pieces"})
    void a_process_with_a_route_that_nobody_thought_through_does_not_start(String sample) {
        assertThatThrownBy(() -> Door.open(Map.of("sample", sample)).close())
                .hasStackTraceContaining(sample.endsWith("ed") && !sample.equals("wrapped") ? "/unruled" : "/")
                .hasStackTraceContaining("IllegalStateException");
    }

    @Test
    void a_route_without_a_rule_is_closed_to_everybody_even_if_the_process_did_start() {
        try (var started = Door.open(Map.of("sample", "unruled", "unruled.routes", "overlooked"))) {
            var request = started.to("/unruled").header("Authorization", "Bearer " + Door.token("ada", Role.values()));

            assertThat(started.send(request).status()).isEqualTo(403);
            assertThat(started.send(request).code()).isEqualTo("no-access-rule");
        }
    }

    @Test
    void what_belongs_to_somebody_else_is_none_of_your_business() {
        var marie = new Identity("marie", Set.of(Role.TRAVELLER));
        var ada = new Identity("ada", Set.of(Role.OPS_READ));

        assertThat(marie.mayAccess("marie")).isTrue();
        assertThat(marie.mayAccess("paul", Role.OPS_READ, Role.SERVICE)).isFalse();
        assertThat(ada.mayAccess("paul", Role.OPS_READ, Role.SERVICE)).isTrue();
        assertThat(ada.mayAccess("paul")).isFalse();
    }

    @Test
    void health_and_metrics_answer_on_their_own_port_only() {
        var port =
                door.context().getProperty("endpoints.all.port", Integer.class).orElseThrow();

        assertThat(door.get("/health/liveness").status()).isEqualTo(404);
        assertThat(door.get("/prometheus").status()).isEqualTo(404);
        assertThat(door.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/liveness")))
                        .status())
                .isEqualTo(200);
        assertThat(door.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/guarded/me")))
                        .status())
                .isEqualTo(404);
    }

    /** Somebody took the guard of the start away. */
    @Singleton
    @Replaces(UnruledRoutes.class)
    @Requires(property = "unruled.routes", value = "overlooked")
    static final class Overlooking implements ApplicationEventListener<StartupEvent> {
        @Override
        public void onApplicationEvent(StartupEvent event) {
            // and looks the other way
        }
    }
}
