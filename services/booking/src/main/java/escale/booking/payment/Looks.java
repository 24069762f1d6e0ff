package escale.booking.payment;

import escale.runtime.Ticker;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Payment is asked beside the requests, again and again. */
@Factory
final class Looks {

    @Singleton
    @Named("payment")
    Ticker payment(AskPayment ask, PaymentSettings settings) {
        return new Ticker("looks at payment", settings.every(), ask::look);
    }
}
