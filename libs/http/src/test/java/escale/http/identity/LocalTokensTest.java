package escale.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import escale.http.Door;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokensTest {
    @TempDir
    private Path folder;

    private ApplicationContextBuilder process(String... environments) {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .environments(environments)
                .properties(Map.of(
                        "micronaut.application.name",
                        "sample",
                        "escale.jwt.jwks-path",
                        folder.resolve("jwks.json").toString()));
    }

    @Test
    void a_local_key_is_good_for_trying_things_out() throws Exception {
        LocalTokens.keptIn(folder, "escale", "escale");

        try (var context = process("local").start()) {
            assertThat(context.getBean(JWKSource.class)).isNotNull();
        }
    }

    @Test
    void nowhere_else_does_a_process_start_with_one() throws Exception {
        LocalTokens.keptIn(folder, "escale", "escale");

        assertThatThrownBy(() -> process("production").start())
                .hasStackTraceContaining("JWT_JWKS_PATH holds a key of the local profile");
        assertThatThrownBy(() -> process().start())
                .hasStackTraceContaining("JWT_JWKS_PATH holds a key of the local profile");
    }

    @Test
    void a_local_key_that_slips_in_later_proves_nothing() throws Exception {
        Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
        var local = LocalTokens.create("escale", "escale");

        try (var context = process("production").start()) {
            var check = context.getBean(TokenCheck.class);
            local.writeKeySet(folder.resolve("jwks.json"));

            assertThat(check.check(local.token("marie", Set.of(Role.TRAVELLER), Duration.ofMinutes(1))))
                    .isInstanceOf(TokenCheck.Result.Refused.class);
        }
    }

    @Test
    void a_process_without_keys_or_with_two_kinds_does_not_start() {
        assertThatThrownBy(() -> Door.open(Map.of("escale.jwt.jwks-path", "")).close())
                .hasStackTraceContaining("Set either JWT_JWKS_PATH or JWT_JWKS_URL");
        assertThatThrownBy(() -> Door.open(Map.of("escale.jwt.jwks-url", "http://localhost:1/"))
                        .close())
                .hasStackTraceContaining("Set either JWT_JWKS_PATH or JWT_JWKS_URL");
        assertThatThrownBy(() -> Door.open(Map.of("escale.jwt.issuer", " ")).close())
                .hasStackTraceContaining("JWT_ISSUER and JWT_AUDIENCE must not be empty");
    }

    @Test
    void a_key_set_that_cannot_be_read_is_found_out_at_the_start() throws Exception {
        Files.writeString(folder.resolve("jwks.json"), "no keys");

        assertThatThrownBy(() -> process("production").start())
                .hasStackTraceContaining("JWT_JWKS_PATH cannot be read as a key set");
    }

    @Test
    void the_key_of_a_folder_outlives_its_process() throws Exception {
        var first = LocalTokens.keptIn(folder, "escale", "escale");
        var token = first.token("marie", Set.of(Role.TRAVELLER), Duration.ofMinutes(1));

        LocalTokens.keptIn(folder, "escale", "escale");

        try (var context = process("local").start()) {
            assertThat(context.getBean(TokenCheck.class).check(token)).isInstanceOf(TokenCheck.Result.Genuine.class);
        }
        assertThat(JWKSet.load(folder.resolve("jwks.json").toFile()).getKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.isPrivate()).isFalse());
    }
}
