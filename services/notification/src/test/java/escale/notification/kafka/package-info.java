@NullMarked
package escale.notification.kafka;

import org.jspecify.annotations.NullMarked;
