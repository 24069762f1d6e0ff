package escale.http.identity;

import static escale.http.identity.Issuer.EC;
import static escale.http.identity.Issuer.OTHER_RSA;
import static escale.http.identity.Issuer.RSA;
import static escale.http.identity.Issuer.claims;
import static escale.http.identity.Issuer.in;
import static escale.http.identity.Issuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What makes a token genuine. */
class TokenTest {
    @AutoClose
    private static final TokenDoor door = TokenDoor.open();

    @Test
    void a_token_of_either_algorithm_is_believed() throws Exception {
        assertThat(door.ask(sign(claims(_ -> {}))).json())
                .containsEntry("userId", "marie")
                .containsEntry("roles", 1);
        assertThat(door.ask(sign(JWSAlgorithm.ES256, "curve", new ECDSASigner(EC), claims(_ -> {})))
                        .status())
                .isEqualTo(200);
        assertThat(door.ask(sign(JWSAlgorithm.RS256, null, new RSASSASigner(RSA), claims(_ -> {})))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_no_token_is_refused() {
        for (var garbage : List.of("garbage", "a.b.c", "..", "e30.e30.e30", "x".repeat(4_000))) {
            door.assertRefused(garbage, "token-invalid");
        }
        assertThat(door.ask("").code()).isEqualTo("token-missing");
    }

    @Test
    void a_token_that_is_not_signed_is_refused() {
        door.assertRefused(new PlainJWT(claims(_ -> {})).serialize(), "token-invalid");
    }

    @Test
    void a_public_key_is_no_shared_secret() throws Exception {
        var secret = RSA.toRSAPublicKey().getEncoded();

        door.assertRefused(sign(JWSAlgorithm.HS256, "one", new MACSigner(secret), claims(_ -> {})), "token-invalid");
    }

    @Test
    void another_algorithm_of_the_right_key_is_refused() throws Exception {
        door.assertRefused(sign(JWSAlgorithm.RS512, "one", new RSASSASigner(RSA), claims(_ -> {})), "token-invalid");
        door.assertRefused(sign(JWSAlgorithm.PS256, "one", new RSASSASigner(RSA), claims(_ -> {})), "token-invalid");
    }

    @Test
    void a_token_that_was_changed_is_refused() throws Exception {
        var parts = sign(claims(_ -> {})).split("\\.");
        var forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims(c -> c.subject("paul")).toString().getBytes(StandardCharsets.UTF_8));

        door.assertRefused(parts[0] + "." + forged + "." + parts[2], "token-invalid");
        door.assertRefused(parts[0] + "." + parts[1] + ".", "token-invalid");
    }

    @Test
    void a_key_that_comes_with_the_token_proves_nothing() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("two")
                .jwk(OTHER_RSA.toPublicJWK())
                .build();
        var jwt = new SignedJWT(header, claims(_ -> {}));
        jwt.sign(new RSASSASigner(OTHER_RSA));

        door.assertRefused(jwt.serialize(), "token-invalid");
    }

    @Test
    void a_token_of_the_right_name_but_the_wrong_key_is_refused() throws Exception {
        door.assertRefused(
                sign(JWSAlgorithm.RS256, "one", new RSASSASigner(OTHER_RSA), claims(_ -> {})), "token-invalid");
    }

    @Test
    void a_token_for_somebody_else_is_refused() throws Exception {
        door.assertRefused(sign(claims(c -> c.audience("another"))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.audience((String) null))), "token-invalid");
        assertThat(door.ask(sign(claims(c -> c.audience(List.of("another", "escale")))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_token_by_somebody_else_is_refused() throws Exception {
        door.assertRefused(sign(claims(c -> c.issuer("another"))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.issuer(null))), "token-invalid");
    }

    @Test
    void a_token_that_stands_for_nobody_is_refused() throws Exception {
        door.assertRefused(sign(claims(c -> c.subject(null))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.subject(""))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.subject("a\u0000b"))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.subject("x".repeat(65)))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.claim("roles", "traveller"))), "token-invalid");
    }

    @Test
    void a_token_without_roles_opens_nothing() throws Exception {
        assertThat(door.ask(sign(claims(c -> c.claim("roles", null)))).status()).isEqualTo(403);
    }

    @Test
    void a_token_beyond_its_time_is_refused_apart_from_what_clocks_may_differ() throws Exception {
        assertThat(door.ask(sign(claims(c -> c.expirationTime(in(-2))))).status())
                .isEqualTo(200);
        door.assertRefused(sign(claims(c -> c.expirationTime(in(-40)))), "token-expired");
        door.assertRefused(sign(claims(c -> c.expirationTime(null))), "token-invalid");
        door.assertRefused(sign(claims(c -> c.notBeforeTime(in(900)))), "token-invalid");
    }
}
