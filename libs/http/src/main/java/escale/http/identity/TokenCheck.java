package escale.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a bearer token is genuine, meant for us and still good, and reads from it who it stands for. */
@Singleton
final class TokenCheck {

    /** What came of it. */
    sealed interface Result {
        record Genuine(Identity identity, Instant expires) implements Result {}

        record Refused(String code, String detail) implements Result {}

        /** The keys could not be had, so nothing is known about the token. */
        record Undecided() implements Result {}
    }

    private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);
    private static final Result INVALID = new Result.Refused("token-invalid", "This bearer token is not valid here");
    private static final Result EXPIRED = new Result.Refused("token-expired", "This bearer token has expired");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private final JWKSource<SecurityContext> keys;

    TokenCheck(JWKSource<SecurityContext> keys, JwtSettings settings) {
        this.keys = keys;
        // An allow-list: "none" is no algorithm, and a public key is never taken for a shared secret.
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("sub", "exp"));
        claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** May wait for the keys: to be called where blocking is allowed. */
    Result check(String token) {
        try {
            var claims = processor.process(token, null);
            var identity = new Identity(claims.getSubject(), roles(claims));
            return new Result.Genuine(identity, claims.getExpirationTime().toInstant());
        } catch (ExpiredJWTException _) {
            return EXPIRED;
        } catch (RateLimitReachedException _) {
            // The keys were fetched so lately that to ask again for an unknown one would only serve an attacker.
            return hasKeys() ? INVALID : new Result.Undecided();
        } catch (KeySourceException e) {
            log.warn("The keys that prove tokens cannot be read: {}", e.toString());
            return new Result.Undecided();
        } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException e) {
            log.debug("Refused a bearer token: {}", e.toString());
            return INVALID;
        }
    }

    private boolean hasKeys() {
        try {
            return !keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .isEmpty();
        } catch (KeySourceException _) {
            return false;
        }
    }

    /** Roles this version does not know are skipped: a newer issuer may grant more than we have doors for. */
    private static Set<Role> roles(JWTClaimsSet claims) throws ParseException {
        var roles = EnumSet.noneOf(Role.class);
        var names = claims.getStringListClaim("roles");
        if (names != null) {
            names.forEach(name -> Role.named(name).ifPresent(roles::add));
        }
        return roles;
    }
}
