/**
 * A real PostgreSQL and a real Kafka broker without Docker, each as its own operating-system process.
 *
 * <p>The launcher starts them for people, the test kit starts them for tests. Neither outlives the process that
 * started it: each child watches a pipe from its parent and stops when the pipe closes, even after a kill -9.
 */
@NullMarked
package escale.embedded;

import org.jspecify.annotations.NullMarked;
