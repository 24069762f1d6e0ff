package escale.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import escale.http.Door;
import java.util.HashMap;
import java.util.Map;

/** A door that believes one issuer. */
final class TokenDoor implements AutoCloseable {
    final Issuer issuer = new Issuer();
    private final Door door;

    private TokenDoor(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("escale.jwt.jwks-path", "");
        all.put("escale.jwt.jwks-url", issuer.url());
        door = Door.open(all);
    }

    static TokenDoor open() {
        return open(Map.of());
    }

    static TokenDoor open(Map<String, Object> settings) {
        return new TokenDoor(settings);
    }

    Door.Answer ask(String token) {
        return door.send(door.to("/guarded/me").header("Authorization", "Bearer " + token));
    }

    void assertRefused(String token, String code) {
        var answer = ask(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    KnownTokens known() {
        return door.context().getBean(KnownTokens.class);
    }

    @Override
    public void close() {
        door.close();
        issuer.close();
    }
}
