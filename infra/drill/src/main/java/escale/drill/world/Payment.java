package escale.drill.world;

import java.util.UUID;

/**
 * A charge as payment's ledger has it.
 *
 * @param attempts the most that one cycle spent
 * @param cases dead letters of the charge, one per cycle that came to nothing
 * @param refunded what went back, in minor units
 * @param refunding what is still to go back, and nobody's case
 * @param outside what came another way, less what went back another way, as a person has evidence
 * @param refused what the provider does not take back, and a person has before him as a case
 */
public record Payment(
        UUID id,
        UUID booking,
        int chargeNo,
        long amount,
        String currency,
        State state,
        int cycle,
        int attempts,
        int version,
        int cases,
        long refunded,
        long refunding,
        long refused,
        long outside) {

    /** What of it the traveller has paid. */
    public long net() {
        return state == State.PAID ? amount - refunded : 0;
    }

    /** Whether machines have given up, and only a person can say what became of the money. */
    public boolean inDoubt() {
        return state == State.UNPROVEN;
    }

    /** As the database of payment spells them. */
    public enum State {
        WAITING,
        ATTEMPTING,
        PAID,
        DECLINED,
        ACTION_REQUIRED,
        CANCELLED,
        FAILED,
        UNPROVEN
    }
}
