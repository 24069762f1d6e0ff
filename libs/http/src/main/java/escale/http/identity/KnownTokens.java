package escale.http.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found genuine a moment ago: a client sends the same one with each of its requests, and to look it up
 * costs a hundredth of checking its signature. Kept no longer than a minute, so that a key that was withdrawn stops
 * proving anything soon after it is gone from the key set.
 */
@Singleton
final class KnownTokens {
    private static final int MOST = 20_000;

    private final Cache<String, TokenCheck.Result.Genuine> known;

    KnownTokens(JwtSettings settings) {
        known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<String, TokenCheck.Result.Genuine>writing(
                        (_, token) -> least(settings.tokensKept(), Duration.between(Instant.now(), token.expires()))))
                .build();
    }

    @Nullable
    Identity find(String token) {
        var genuine = known.getIfPresent(token);
        return genuine == null ? null : genuine.identity();
    }

    void remember(String token, TokenCheck.Result.Genuine genuine) {
        known.put(token, genuine);
    }

    /** Within the tolerated clock skew a token may be past its end already: that one is not kept at all. */
    private static Duration least(Duration kept, Duration left) {
        var duration = kept.compareTo(left) < 0 ? kept : left;
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
