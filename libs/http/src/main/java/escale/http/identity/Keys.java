package escale.http.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * The public keys of whoever issues our tokens: kept a few minutes, fetched again at once when a token names a key that
 * is not among them (keys rotate), but only so often, because anybody can invent key ids.
 */
@Factory
final class Keys {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 2_000;
    private static final int MOST_BYTES = 64 * 1024;

    /** At the start of the process, so that one that could admit nobody, or anybody, does not get that far. */
    @Context
    JWKSource<SecurityContext> keys(JwtSettings settings, Environment environment) {
        boolean local = environment.getActiveNames().contains("local")
                || environment.getActiveNames().contains(Environment.TEST);
        if (settings.isFile() && !local) {
            refuseLocalKeys(Path.of(settings.jwksPath()));
        }
        var all = JWKSourceBuilder.<SecurityContext>create(
                        settings.keys(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
                .cache(settings.keysKept().toMillis(), CONNECT_MILLIS + READ_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(settings.refetchPause().toMillis())
                .retrying(true)
                .outageTolerant(true)
                .build();
        return local ? all : withoutLocalKeys(all);
    }

    private static void refuseLocalKeys(Path file) {
        try {
            if (JWKSet.load(file.toFile()).getKeys().stream().anyMatch(LocalTokens::isLocal)) {
                throw new IllegalStateException(
                        "JWT_JWKS_PATH holds a key of the local profile, whose private half lies"
                                + " open on somebody's disk: point it at the keys of the user service");
            }
        } catch (IOException | ParseException e) {
            throw new IllegalStateException("JWT_JWKS_PATH cannot be read as a key set: " + file, e);
        }
    }

    /** The same guard for keys that arrive later, by URL or rotation. */
    private static JWKSource<SecurityContext> withoutLocalKeys(JWKSource<SecurityContext> all) {
        return (selector, context) -> all.get(selector, context).stream()
                .filter(key -> !LocalTokens.isLocal(key))
                .toList();
    }
}
