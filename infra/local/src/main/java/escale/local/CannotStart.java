package escale.local;

/** Something did not come up; the message is one sentence for the person who wanted it. */
final class CannotStart extends RuntimeException {
    CannotStart(String sentence) {
        super(sentence);
    }
}
