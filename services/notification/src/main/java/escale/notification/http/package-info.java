/** What other services and operators may ask of notification. */
@NullMarked
package escale.notification.http;

import org.jspecify.annotations.NullMarked;
