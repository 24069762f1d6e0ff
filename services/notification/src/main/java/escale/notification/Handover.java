package escale.notification;

import java.time.Duration;

/**
 * What became of handing over a mail.
 *
 * @param now where the mail is after it
 * @param pause before the next try, if there is to be one
 */
public record Handover(Claim claim, Posting posting, State now, Duration pause) {}
