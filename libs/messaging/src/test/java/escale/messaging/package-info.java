/** What the room promises: pure parts by themselves, the rest on a real PostgreSQL and a real Kafka. */
@NullMarked
package escale.messaging;

import org.jspecify.annotations.NullMarked;
