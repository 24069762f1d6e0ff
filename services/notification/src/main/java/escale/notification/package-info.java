/**
 * Tells people what happened: a mail to the traveller, an alert to the support team, each once. What is to be told is a
 * row before it is a message, so that neither a crash nor a mail server that is away loses it.
 */
@NullMarked
package escale.notification;

import org.jspecify.annotations.NullMarked;
