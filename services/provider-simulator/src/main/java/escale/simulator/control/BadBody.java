package escale.simulator.control;

/** A body that is refused, with the sentence that says why; nothing was changed. */
final class BadBody extends RuntimeException {

    BadBody(String sentence) {
        super(sentence, null, false, false);
    }
}
