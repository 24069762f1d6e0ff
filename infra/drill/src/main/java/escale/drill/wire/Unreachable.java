package escale.drill.wire;

/** A source that cannot be read, so that nothing can be proven; its message is a sentence for people. */
public final class Unreachable extends RuntimeException {
    public Unreachable(String sentence, Throwable cause) {
        super(sentence + " (" + cause.getMessage() + ")", cause);
    }

    public Unreachable(String sentence) {
        super(sentence);
    }
}
