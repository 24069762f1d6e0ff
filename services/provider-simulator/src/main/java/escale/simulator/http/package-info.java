/** A small HTTP/1.1 server that can also do what servers must not do: fall silent, cut an answer, reset, vanish. */
@NullMarked
package escale.simulator.http;

import org.jspecify.annotations.NullMarked;
