package escale.local.supervision;

/** Something did not come up; the message is one sentence for the person who wanted it. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String sentence) {
        super(sentence);
    }
}
