package escale.http.identity;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;

/** Whose tokens are believed, and where the keys that prove them are found. Described in escale-http.yml. */
@ConfigurationProperties("escale.jwt")
record JwtSettings(
        @Bindable(defaultValue = "") String jwksPath,
        @Bindable(defaultValue = "") String jwksUrl,
        @Bindable(defaultValue = "escale") String issuer,
        @Bindable(defaultValue = "escale") String audience,
        @Bindable(defaultValue = "30s") Duration clockSkew,
        @Bindable(defaultValue = "5m") Duration keysKept,
        @Bindable(defaultValue = "30s") Duration refetchPause,
        @Bindable(defaultValue = "60s") Duration tokensKept) {

    JwtSettings {
        if (jwksPath.isBlank() == jwksUrl.isBlank()) {
            throw new IllegalArgumentException(
                    "Set either JWT_JWKS_PATH or JWT_JWKS_URL: without keys no token is valid");
        }
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("JWT_ISSUER and JWT_AUDIENCE must not be empty");
        }
    }

    boolean isFile() {
        return !jwksPath.isBlank();
    }

    URL keys() {
        try {
            return isFile()
                    ? Path.of(jwksPath).toUri().toURL()
                    : URI.create(jwksUrl).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("JWT_JWKS_URL is no URL: " + jwksUrl, e);
        }
    }
}
