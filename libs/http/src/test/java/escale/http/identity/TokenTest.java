package escale.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import escale.http.Door;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static RSAKey rsa;
    private static RSAKey otherRsa;
    private static ECKey ec;

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String published = "";
    private HttpServer issuer;
    private Door door;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        otherRsa = new RSAKeyGenerator(2048).keyID("two").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    }

    @BeforeEach
    void publish() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer.createContext("/jwks.json", exchange -> {
            fetches.incrementAndGet();
            var body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        publish(rsa, ec);
        door = open(Map.of());
    }

    @AfterEach
    void close() {
        door.close();
        issuer.stop(0);
    }

    private Door open(Map<String, Object> more) {
        var properties = new java.util.HashMap<>(more);
        properties.put("escale.jwt.jwks-path", "");
        properties.put(
                "escale.jwt.jwks-url", "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks.json");
        return Door.open(properties);
    }

    private void publish(JWK... keys) {
        published = new JWKSet(List.of(keys)).toString();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("escale")
                .audience("escale")
                .subject("marie")
                .claim("roles", List.of("traveller", "a-role-of-the-future"))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        change.accept(claims);
        return claims.build();
    }

    private static String sign(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims)
            throws Exception {
        var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String sign(JWTClaimsSet claims) throws Exception {
        return sign(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa), claims);
    }

    private Door.Answer ask(String token) {
        return door.send(door.to("/guarded/me").header("Authorization", "Bearer " + token));
    }

    private void assertRefused(String token, String code) {
        var answer = ask(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void a_token_of_either_algorithm_is_believed() throws Exception {
        assertThat(ask(sign(claims(_ -> {}))).json())
                .containsEntry("userId", "marie")
                .containsEntry("roles", 1);
        assertThat(ask(sign(JWSAlgorithm.ES256, "curve", new ECDSASigner(ec), claims(_ -> {})))
                        .status())
                .isEqualTo(200);
        assertThat(ask(sign(JWSAlgorithm.RS256, null, new RSASSASigner(rsa), claims(_ -> {})))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_no_token_is_refused() {
        for (var garbage : List.of("garbage", "a.b.c", "..", "e30.e30.e30", "x".repeat(4_000))) {
            assertRefused(garbage, "token-invalid");
        }
        assertThat(ask("").code()).isEqualTo("token-missing");
    }

    @Test
    void a_token_that_is_not_signed_is_refused() {
        assertRefused(new PlainJWT(claims(_ -> {})).serialize(), "token-invalid");
    }

    @Test
    void a_public_key_is_no_shared_secret() throws Exception {
        var secret = rsa.toRSAPublicKey().getEncoded();

        assertRefused(sign(JWSAlgorithm.HS256, "one", new MACSigner(secret), claims(_ -> {})), "token-invalid");
    }

    @Test
    void another_algorithm_of_the_right_key_is_refused() throws Exception {
        assertRefused(sign(JWSAlgorithm.RS512, "one", new RSASSASigner(rsa), claims(_ -> {})), "token-invalid");
        assertRefused(sign(JWSAlgorithm.PS256, "one", new RSASSASigner(rsa), claims(_ -> {})), "token-invalid");
    }

    @Test
    void a_token_that_was_changed_is_refused() throws Exception {
        var parts = sign(claims(_ -> {})).split("\\.");
        var forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims(c -> c.subject("paul")).toString().getBytes(StandardCharsets.UTF_8));

        assertRefused(parts[0] + "." + forged + "." + parts[2], "token-invalid");
        assertRefused(parts[0] + "." + parts[1] + ".", "token-invalid");
    }

    @Test
    void a_key_that_comes_with_the_token_proves_nothing() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("two")
                .jwk(otherRsa.toPublicJWK())
                .build();
        var jwt = new SignedJWT(header, claims(_ -> {}));
        jwt.sign(new RSASSASigner(otherRsa));

        assertRefused(jwt.serialize(), "token-invalid");
    }

    @Test
    void a_token_of_the_right_name_but_the_wrong_key_is_refused() throws Exception {
        assertRefused(sign(JWSAlgorithm.RS256, "one", new RSASSASigner(otherRsa), claims(_ -> {})), "token-invalid");
    }

    @Test
    void a_token_for_somebody_else_is_refused() throws Exception {
        assertRefused(sign(claims(c -> c.audience("another"))), "token-invalid");
        assertRefused(sign(claims(c -> c.audience((String) null))), "token-invalid");
        assertThat(ask(sign(claims(c -> c.audience(List.of("another", "escale")))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_token_by_somebody_else_is_refused() throws Exception {
        assertRefused(sign(claims(c -> c.issuer("another"))), "token-invalid");
        assertRefused(sign(claims(c -> c.issuer(null))), "token-invalid");
    }

    @Test
    void a_token_that_stands_for_nobody_is_refused() throws Exception {
        assertRefused(sign(claims(c -> c.subject(null))), "token-invalid");
        assertRefused(sign(claims(c -> c.subject(""))), "token-invalid");
        assertRefused(sign(claims(c -> c.subject("a\u0000b"))), "token-invalid");
        assertRefused(sign(claims(c -> c.subject("x".repeat(65)))), "token-invalid");
        assertRefused(sign(claims(c -> c.claim("roles", "traveller"))), "token-invalid");
    }

    @Test
    void a_token_without_roles_opens_nothing() throws Exception {
        assertThat(ask(sign(claims(c -> c.claim("roles", null)))).status()).isEqualTo(403);
    }

    @Test
    void a_token_beyond_its_time_is_refused_apart_from_what_clocks_may_differ() throws Exception {
        assertThat(ask(sign(claims(c -> c.expirationTime(in(-2))))).status()).isEqualTo(200);
        assertRefused(sign(claims(c -> c.expirationTime(in(-40)))), "token-expired");
        assertRefused(sign(claims(c -> c.expirationTime(null))), "token-invalid");
        assertRefused(sign(claims(c -> c.notBeforeTime(in(900)))), "token-invalid");
    }

    @Test
    void a_token_that_is_known_ends_all_the_same() throws Exception {
        door.close();
        door = open(Map.of("escale.jwt.clock-skew", "0s"));
        var token = knownForAMoment();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(token).status()).isEqualTo(401));
        assertRefused(token, "token-expired");
    }

    /** On a slow machine a short life can be over before anybody asks: then one that is twice as long. */
    private String knownForAMoment() throws Exception {
        for (var seconds = 3; ; seconds *= 2) {
            var end = in(seconds);
            var token = sign(claims(c -> c.expirationTime(end)));
            if (ask(token).status() == 200) {
                return token;
            }
            assertThat(seconds).as("seconds in which nobody was let in").isLessThan(100);
        }
    }

    @Test
    void a_rotated_key_is_fetched_when_its_first_token_arrives() throws Exception {
        var token = sign(JWSAlgorithm.RS256, "two", new RSASSASigner(otherRsa), claims(_ -> {}));
        assertThat(ask(sign(claims(_ -> {}))).status()).isEqualTo(200);
        var before = fetches.get();
        publish(rsa, otherRsa);
        assertThat(ask(token).status()).isEqualTo(200);
        assertThat(fetches).hasValueGreaterThan(before);
    }

    @Test
    void invented_key_ids_do_not_make_us_fetch_without_end() throws Exception {
        door.close();
        door = open(Map.of("escale.jwt.refetch-pause", "1h", "escale.jwt.keys-kept", "2h"));
        for (int i = 0; i < 10; i++) {
            assertRefused(
                    sign(JWSAlgorithm.RS256, "invented-" + i, new RSASSASigner(otherRsa), claims(_ -> {})),
                    "token-invalid");
        }

        assertThat(fetches.get()).isBetween(1, 2);
        assertThat(ask(sign(claims(_ -> {}))).status()).isEqualTo(200);
    }

    @Test
    void a_withdrawn_key_soon_proves_nothing_any_more() throws Exception {
        door.close();
        door = open(Map.of(
                "escale.jwt.keys-kept", "1s", "escale.jwt.tokens-kept", "1s", "escale.jwt.refetch-pause", "10ms"));
        var token = sign(claims(_ -> {}));
        assertThat(ask(token).status()).isEqualTo(200);

        publish(otherRsa);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(token).status()).isEqualTo(401));
    }

    @Test
    void while_the_keys_cannot_be_had_nobody_is_called_a_liar() throws Exception {
        published = "";

        for (int i = 0; i < 5; i++) {
            var answer = ask(sign(claims(_ -> {})));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void a_known_token_costs_no_signature() throws Exception {
        var token = sign(claims(_ -> {}));
        assertThat(ask(token).status()).isEqualTo(200);
        issuer.stop(0);

        assertThat(door.context().getBean(KnownTokens.class).find(token))
                .isEqualTo(new Identity("marie", java.util.Set.of(Role.TRAVELLER)));
        assertThat(ask(token).status()).isEqualTo(200);
        assertThat(door.context().getBean(KnownTokens.class).find(token + "x")).isNull();
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
