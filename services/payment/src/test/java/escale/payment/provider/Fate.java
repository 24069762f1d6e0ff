package escale.payment.provider;

/** What becomes of a call. A request that is late, or of a worker that dies, was sent all the same. */
public enum Fate {
    WELL,
    REFUSED,
    BROKEN_AND_NOT_KEPT,
    BROKEN_AND_KEPT,
    BROKEN_AFTERWARDS,
    LOST,
    LATE,
    ANSWER_LOST,
    DIES_BEFORE,
    DIES_AND_IS_LATE,
    DIES_AFTERWARDS,
    SLEEPS;

    /** Whether a call that changes nothing is told apart by it. */
    public boolean isOfReads() {
        return switch (this) {
            case WELL, BROKEN_AND_NOT_KEPT, DIES_BEFORE, DIES_AFTERWARDS, SLEEPS -> true;
            case REFUSED, BROKEN_AND_KEPT, BROKEN_AFTERWARDS, LOST, LATE, ANSWER_LOST, DIES_AND_IS_LATE -> false;
        };
    }
}
