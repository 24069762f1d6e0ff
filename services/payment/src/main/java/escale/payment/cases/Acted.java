package escale.payment.cases;

import org.jspecify.annotations.Nullable;

/** What came of the act of a person on a case. */
public sealed interface Acted {

    record Done(DeadLetter letter) implements Acted {}

    record Unknown() implements Acted {}

    /**
     * Somebody else was first.
     *
     * @param last what was done last, and by whom; null where no person did anything
     */
    record Stale(DeadLetter now, Cases.@Nullable Entry last) implements Acted {}

    /** It makes no sense for this case as it stands; the code is for programs. */
    record Refused(String code, String why) implements Acted {}
}
