@NullMarked
package escale.notification.smtp;

import org.jspecify.annotations.NullMarked;
