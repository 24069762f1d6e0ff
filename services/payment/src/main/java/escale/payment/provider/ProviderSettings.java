package escale.payment.provider;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where the provider is and how long it may take.
 *
 * @param callDeadline for a whole call, however slowly its bytes drip
 * @param proofAfter how long after the last try its absence from the provider's list proves that it never arrived
 */
@ConfigurationProperties("escale.provider")
public record ProviderSettings(
        String url,
        String apiKey,
        @Bindable(defaultValue = "https://localhost/paid") String returnUrl,
        @Bindable(defaultValue = "2s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration callDeadline,
        @Bindable(defaultValue = "2m") Duration proofAfter) {}
