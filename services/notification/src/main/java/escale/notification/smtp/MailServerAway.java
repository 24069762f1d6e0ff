package escale.notification.smtp;

/** No mail can leave at the moment, whichever it is. */
public final class MailServerAway extends Exception {
    private static final long serialVersionUID = 1;

    MailServerAway(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
