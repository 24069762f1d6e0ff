package escale.http;

import java.time.Duration;

/** Something this door needs is away for a moment: the client is told when to come back (503 with Retry-After). */
public final class Unavailable extends RuntimeException {
    private final String detail;
    private final Duration retryAfter;

    public Unavailable(String detail, Duration retryAfter, Throwable cause) {
        super(detail, cause);
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    /** What is away, in words for the client. */
    String detail() {
        return detail;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
