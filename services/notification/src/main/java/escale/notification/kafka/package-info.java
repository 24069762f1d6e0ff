/** How notification hears what happened: one listener per topic, each with the events as far as it reads them. */
@NullMarked
package escale.notification.kafka;

import org.jspecify.annotations.NullMarked;
