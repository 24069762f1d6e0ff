package escale.http.identity;

import static escale.http.identity.Issuer.OTHER_RSA;
import static escale.http.identity.Issuer.RSA;
import static escale.http.identity.Issuer.claims;
import static escale.http.identity.Issuer.in;
import static escale.http.identity.Issuer.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is known of keys and tokens, and for how long. */
class KnownKeysTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @AutoClose
    private TokenDoor door;

    @Test
    void a_rotated_key_is_fetched_when_its_first_token_arrives() throws Exception {
        door = TokenDoor.open();
        var token = sign(JWSAlgorithm.RS256, "two", new RSASSASigner(OTHER_RSA), claims(_ -> {}));
        assertThat(door.ask(sign(claims(_ -> {}))).status()).isEqualTo(200);
        var before = door.issuer.fetches();
        door.issuer.publish(RSA, OTHER_RSA);
        assertThat(door.ask(token).status()).isEqualTo(200);
        assertThat(door.issuer.fetches()).isGreaterThan(before);
    }

    @Test
    void invented_key_ids_do_not_make_us_fetch_without_end() throws Exception {
        door = TokenDoor.open(Map.of("escale.jwt.refetch-pause", "1h", "escale.jwt.keys-kept", "2h"));
        for (int i = 0; i < 10; i++) {
            door.assertRefused(
                    sign(JWSAlgorithm.RS256, "invented-" + i, new RSASSASigner(OTHER_RSA), claims(_ -> {})),
                    "token-invalid");
        }

        assertThat(door.issuer.fetches()).isBetween(1, 2);
        assertThat(door.ask(sign(claims(_ -> {}))).status()).isEqualTo(200);
    }

    @Test
    void a_withdrawn_key_soon_proves_nothing_any_more() throws Exception {
        door = TokenDoor.open(Map.of(
                "escale.jwt.keys-kept", "1s", "escale.jwt.tokens-kept", "1s", "escale.jwt.refetch-pause", "10ms"));
        var token = sign(claims(_ -> {}));
        assertThat(door.ask(token).status()).isEqualTo(200);

        door.issuer.publish(OTHER_RSA);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(door.ask(token).status()).isEqualTo(401));
    }

    @Test
    void while_the_keys_cannot_be_had_nobody_is_called_a_liar() throws Exception {
        door = TokenDoor.open();
        door.issuer.publishNothing();

        for (int i = 0; i < 5; i++) {
            var answer = door.ask(sign(claims(_ -> {})));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void a_known_token_costs_no_signature() throws Exception {
        door = TokenDoor.open();
        var token = sign(claims(_ -> {}));
        assertThat(door.ask(token).status()).isEqualTo(200);
        door.issuer.close();

        assertThat(door.known().find(token)).isEqualTo(new Identity("marie", Set.of(Role.TRAVELLER)));
        assertThat(door.ask(token).status()).isEqualTo(200);
        assertThat(door.known().find(token + "x")).isNull();
    }

    @Test
    void a_token_that_is_known_ends_all_the_same() throws Exception {
        door = TokenDoor.open(Map.of("escale.jwt.clock-skew", "0s"));
        var token = knownForAMoment();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(door.ask(token).status()).isEqualTo(401));
        door.assertRefused(token, "token-expired");
    }

    /** On a slow machine a short life can be over before anybody asks: then one that is twice as long. */
    private String knownForAMoment() throws Exception {
        for (var seconds = 3; ; seconds *= 2) {
            var end = in(seconds);
            var token = sign(claims(c -> c.expirationTime(end)));
            if (door.ask(token).status() == 200) {
                return token;
            }
            assertThat(seconds).as("seconds in which nobody was let in").isLessThan(100);
        }
    }
}
