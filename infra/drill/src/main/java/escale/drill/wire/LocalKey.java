package escale.drill.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The signing key the launcher keeps for trying things out: whoever can read it may be anybody. */
public final class LocalKey implements Tokens {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String ISSUER = "escale";

    private final String keyId;
    private final PrivateKey key;
    private final Instant now;

    private LocalKey(String keyId, PrivateKey key, Instant now) {
        this.keyId = keyId;
        this.key = key;
        this.now = now;
    }

    /** Reads {@code local-key.json}, a JSON Web Key. */
    public static LocalKey read(Path folder, Instant now) throws IOException {
        var file = folder.resolve("local-key.json");
        var jwk = JSON.readTree(file.toFile());
        try {
            var spec = new RSAPrivateCrtKeySpec(
                    number(jwk, "n"),
                    number(jwk, "e"),
                    number(jwk, "d"),
                    number(jwk, "p"),
                    number(jwk, "q"),
                    number(jwk, "dp"),
                    number(jwk, "dq"),
                    number(jwk, "qi"));
            return new LocalKey(
                    jwk.path("kid").asText(), KeyFactory.getInstance("RSA").generatePrivate(spec), now);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("Not a signing key: " + file, e);
        }
    }

    private static BigInteger number(JsonNode jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(member).asText()));
    }

    @Override
    public String token(String user, List<String> roles) {
        var head = part(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId));
        var claims = part(Map.of(
                "iss", ISSUER,
                "aud", ISSUER,
                "sub", user,
                "roles", roles,
                "iat", now.getEpochSecond(),
                "exp", now.plus(Duration.ofHours(12)).getEpochSecond(),
                "jti",
                        UUID.nameUUIDFromBytes((user + now).getBytes(StandardCharsets.UTF_8))
                                .toString()));
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return head + "." + claims + "." + BASE64.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with RSA", e);
        }
    }

    private static String part(Map<String, Object> content) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(content));
        } catch (IOException e) {
            throw new IllegalStateException("A map of texts and numbers is JSON", e);
        }
    }
}
