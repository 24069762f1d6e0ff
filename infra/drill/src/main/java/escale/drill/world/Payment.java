package escale.drill.world;

import java.util.UUID;

/** A charge as payment's ledger has it; attempts is the most that one cycle spent. */
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
        int cases) {

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
