package escale.payment.cases;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What changes nothing but the case: whose it is, what is known about it, and that nothing is to be done. */
@Singleton
public final class KeepCase {
    private final Casework casework;

    KeepCase(Casework casework) {
        this.casework = casework;
    }

    public Acted note(UUID id, int seen, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> new Casework.After.Stands(letter.status(), letter.owner()));
    }

    /** Null gives it back to everybody. */
    public Acted assign(UUID id, int seen, @Nullable String owner, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> new Casework.After.Stands(letter.status(), owner));
    }

    /** The payment stays what it is: who discards a case has seen to the traveller. */
    public Acted discard(UUID id, int seen, Deed deed) {
        return casework.act(
                id,
                seen,
                deed,
                (tx, letter) -> letter.status() == DeadLetter.Status.OPEN
                        ? Casework.After.status(letter, DeadLetter.Status.DISCARDED)
                        : new Casework.After.Refused("not-open", "Only an open case can be discarded"));
    }
}
