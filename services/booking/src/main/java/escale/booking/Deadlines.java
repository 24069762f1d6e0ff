package escale.booking;

import java.time.Duration;

/** How long seats are held for whoever has not paid. */
final class Deadlines {
    /** For whoever booked while payment was away; never beyond the departure. */
    static final Duration RESERVED = Duration.ofHours(24);
    /** After a declined card, to try another one. */
    static final Duration DECLINED = Duration.ofMinutes(30);
    /** While a person looks at a charge that the retries did not bring through. */
    static final Duration CASE = Duration.ofHours(24);
    /** For whoever was sent a link to pay by; never beyond the departure. */
    static final Duration LINK = Duration.ofHours(24);

    private Deadlines() {}
}
