package escale.payment;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as its worker claimed it.
 *
 * @param cycle counts the replays, from 1; attempts count within one
 * @param attempt the attempt this claim is for
 * @param keyNo distinguishes the idempotency keys of one payment; moves only when nothing was charged under the one before
 * @param keySince nothing was charged before this that is not known; null before the first use of the key
 * @param keyUntil all requests under the key had been answered by then; null where that is not known, or one may still arrive
 * @param claimedAt every request of this claim was made after it, every earlier one before
 * @param fence what the result of this claim must still find
 * @param version of the last event told about it
 */
public record Payment(
        Order order,
        int cycle,
        int attempt,
        int keyNo,
        Doubt doubt,
        @Nullable Instant keySince,
        @Nullable Instant keyUntil,
        @Nullable String providerId,
        long fence,
        int version,
        @Nullable Instant firstFailureAt,
        Instant createdAt,
        Instant claimedAt) {

    /** The same for every try whose outcome may exist. */
    public String idempotencyKey() {
        return order.paymentId() + ":charge:" + keyNo;
    }

    /** What came of the key has been open for longer than this. */
    boolean isInDoubtFor(Duration time) {
        return keySince != null && keySince.plus(time).isBefore(claimedAt);
    }

    /** Nothing was charged under the present key, so a try may begin afresh. */
    public Payment underNewKey() {
        return with(cycle, attempt, keyNo + 1, Doubt.NONE, claimedAt, null);
    }

    /** As it will be when a person has tried it again: in doubt, also where a proof ended the cycle before. */
    public Payment replayed() {
        return doubt == Doubt.NONE
                ? with(cycle + 1, 1, keyNo, Doubt.ANSWERED, claimedAt, claimedAt)
                : with(cycle + 1, 1, keyNo, doubt, keySince, keyUntil);
    }

    /** After a try whose outcome is open. */
    public Payment inDoubt(Doubt open) {
        return with(cycle, attempt, keyNo, open, keySince, null);
    }

    private Payment with(
            int newCycle,
            int newAttempt,
            int newKeyNo,
            Doubt newDoubt,
            @Nullable Instant newKeySince,
            @Nullable Instant newKeyUntil) {
        return new Payment(
                order,
                newCycle,
                newAttempt,
                newKeyNo,
                newDoubt,
                newKeySince,
                newKeyUntil,
                providerId,
                fence,
                version,
                firstFailureAt,
                createdAt,
                claimedAt);
    }
}
