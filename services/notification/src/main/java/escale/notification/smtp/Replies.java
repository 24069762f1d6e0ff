package escale.notification.smtp;

import escale.notification.Posting;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a failure of the conversation says about the mail. Only codes leave here: replies name the recipient. */
final class Replies {
    private static final String END_OF_MAIL = ".";

    private Replies() {}

    static Posting meaning(MessagingException failure) {
        for (Exception cause = failure; cause instanceof MessagingException nested; cause = nested.getNextException()) {
            switch (cause) {
                case SMTPAddressFailedException recipient -> {
                    return of(recipient.getReturnCode());
                }
                case SMTPSenderFailedException sender -> {
                    return of(sender.getReturnCode());
                }
                case SMTPSendFailedException command
                when command.getReturnCode() > 0 || !END_OF_MAIL.equals(command.getCommand()) -> {
                    return of(command.getReturnCode());
                }
                default -> {}
            }
        }
        return new Posting.Doubtful("smtp-broke-off"); // no answer: the server may have all of it, or nothing
    }

    /** Without a code the server broke off, at a command that comes before the mail itself. */
    private static Posting of(int code) {
        if (code <= 0) {
            return new Posting.Deferred("smtp-broke-off");
        }
        return code >= 500 ? new Posting.Refused("smtp-" + code) : new Posting.Deferred("smtp-" + code);
    }
}
