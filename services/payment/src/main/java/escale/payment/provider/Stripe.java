package escale.payment.provider;

import com.stripe.StripeClient;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The provider's own SDK, with our transport under it. */
@Factory
final class Stripe {

    @Singleton
    StripeClient client(ProviderSettings settings) {
        com.stripe.Stripe.enableTelemetry = false; // a header in each call about the call before
        return StripeClient.builder()
                .setApiKey(settings.apiKey())
                .setApiBase(settings.url())
                .setMaxNetworkRetries(0) // the ladder retries, with the ledger knowing
                .setHttpClient(new Transport(settings))
                .build();
    }
}
