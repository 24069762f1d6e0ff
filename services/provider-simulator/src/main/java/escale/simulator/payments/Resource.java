package escale.simulator.payments;

/** An object the provider shows to the merchant, in answers and in events. */
public sealed interface Resource permits PaymentIntent, Charge, Refund {

    String id();

    /** Seconds since 1970. */
    long created();
}
