/**
 * Everything that knows Kafka: events leave through the outbox and its relay, records come in through the due consumer,
 * what fails climbs the retry ladder, and what nobody can handle becomes a dead letter.
 */
@NullMarked
package escale.messaging;

import org.jspecify.annotations.NullMarked;
