package escale.embedded;

/** A server did not come up; the message is one sentence for a person, with the server's last words where it had any. */
public final class StartFailure extends RuntimeException {
    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
