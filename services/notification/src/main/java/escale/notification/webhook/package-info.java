/** The way to the support team: one HTTP address, in the form its receiver understands. */
@NullMarked
package escale.notification.webhook;

import org.jspecify.annotations.NullMarked;
