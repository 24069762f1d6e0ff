package escale.notification.smtp;

import escale.notification.Posting;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a failure of the conversation says about the mail. Only codes leave here: replies name the recipient. */
final class Replies {
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
                when command.getReturnCode() > 0 -> {
                    return of(command.getReturnCode());
                }
                case SendFailedException _, MessagingException _ -> {}
                default -> {}
            }
        }
        return new Posting.Doubtful("smtp-broke-off"); // no answer: the server may have all of it, or nothing
    }

    private static Posting of(int code) {
        return code >= 500 ? new Posting.Refused("smtp-" + code) : new Posting.Deferred("smtp-" + code);
    }
}
