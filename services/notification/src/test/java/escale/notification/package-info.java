/** Notification with a real database, a real broker and a mail server in the same process. */
@NullMarked
package escale.notification;

import org.jspecify.annotations.NullMarked;
