/**
 * What the tests of every module stand on: real PostgreSQL and real Kafka, the contracts, and the rules of the house.
 *
 * <p>One server of each kind serves all tests of a JVM; tests keep apart by fresh databases, topics and groups.
 */
@NullMarked
package escale.testkit;

import org.jspecify.annotations.NullMarked;
