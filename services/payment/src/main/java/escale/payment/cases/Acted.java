package escale.payment.cases;

/** What came of the act of a person on a case. */
public sealed interface Acted {

    record Done(DeadLetter letter) implements Acted {}

    record Unknown() implements Acted {}

    /** Somebody else was first. */
    record Stale(DeadLetter now) implements Acted {}

    /** It makes no sense for this case as it stands; the code is for programs. */
    record Refused(String code, String why) implements Acted {}
}
