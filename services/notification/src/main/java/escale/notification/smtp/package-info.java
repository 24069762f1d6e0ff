/** The way to the mail server: one connection for many mails, and what each answer of the server means. */
@NullMarked
package escale.notification.smtp;

import org.jspecify.annotations.NullMarked;
