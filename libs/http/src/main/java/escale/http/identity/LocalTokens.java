package escale.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/**
 * Tokens for trying things out, from a key of one's own: the launcher and tests use it, services never do. The ids of
 * its keys begin with {@code local-}, and outside the local and test environments such keys prove nothing.
 */
public final class LocalTokens {
    private static final String PREFIX = "local-";
    private static final int BITS = 2048;

    private final RSAKey key;
    private final String issuer;
    private final String audience;

    private LocalTokens(RSAKey key, String issuer, String audience) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
    }

    /** Tokens of a new key that is forgotten with the process. */
    public static LocalTokens create(String issuer, String audience) {
        try {
            var key = new RSAKeyGenerator(BITS)
                    .keyID(PREFIX + UUID.randomUUID())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new LocalTokens(key, issuer, audience);
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes RSA keys", e);
        }
    }

    /** Tokens of the key kept in this folder, made on first use; {@code jwks.json} beside it is for the services. */
    public static LocalTokens keptIn(Path folder, String issuer, String audience) throws IOException {
        var file = folder.resolve("local-key.json");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            var half = Files.writeString(
                    folder.resolve("local-key.json.part"),
                    create(issuer, audience).key.toJSONString());
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            var tokens = new LocalTokens(RSAKey.parse(Files.readString(file)), issuer, audience);
            tokens.writeKeySet(folder.resolve("jwks.json"));
            return tokens;
        } catch (ParseException e) {
            throw new IOException("Not a key: " + file, e);
        }
    }

    /** Writes the public half, in the form that {@code JWT_JWKS_PATH} names. */
    public void writeKeySet(Path file) throws IOException {
        Files.writeString(file, new JWKSet(key).toString());
    }

    public String token(String userId, Set<Role> roles, Duration lifetime) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(userId)
                .claim("roles", roles.stream().map(Role::wireName).sorted().toList())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("This key signs", e);
        }
    }

    static boolean isLocal(JWK key) {
        return key.getKeyID() != null && key.getKeyID().startsWith(PREFIX);
    }
}
