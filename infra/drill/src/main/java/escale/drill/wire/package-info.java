/**
 * The way to the doors of the services: a small HTTP client, tokens, and an ear on the topics.
 * Cheap above all: the machine is shared with what is being measured.
 */
@NullMarked
package escale.drill.wire;

import org.jspecify.annotations.NullMarked;
