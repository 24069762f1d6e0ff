package escale.payment.provider;

import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * One question to the provider, of as many calls as it takes. A call that fails is made again a few times, so that one
 * bad page does not spoil the whole answer; all of them share one deadline.
 */
final class Question {
    private static final int TRIES = 5;
    private static final int TOO_MANY = 429;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE_WHEN_TOLD_TO = Duration.ofSeconds(1);

    private final long ends;

    /** A call that changes nothing. */
    @FunctionalInterface
    interface Look<T> {
        T look(RequestOptions options) throws StripeException;
    }

    Question(Duration deadline) {
        this.ends = System.nanoTime() + deadline.toNanos();
    }

    <T> T ask(Look<T> look) throws StripeException {
        for (var tries = 1; ; tries++) {
            try {
                return once(look);
            } catch (StripeException e) {
                if (tries == TRIES || !Answers.mayPass(e) || !pause(e, tries)) {
                    throw e;
                }
            }
        }
    }

    /** A call may take half of the time that is left: where it hangs there is time for another. */
    <T> T once(Look<T> look) throws StripeException {
        var atMost = Math.max(1, left().toMillis() / 2);
        return look.look(
                RequestOptions.builder().setReadTimeout(Math.toIntExact(atMost)).build());
    }

    private Duration left() {
        return Duration.ofNanos(ends - System.nanoTime());
    }

    /** False where there is no time for another call after it. */
    private boolean pause(StripeException e, int tries) {
        var pause = Objects.equals(e.getStatusCode(), TOO_MANY)
                ? PAUSE_WHEN_TOLD_TO
                : FIRST_PAUSE.multipliedBy(1L << (tries - 1));
        if (pause.compareTo(left()) >= 0) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
