/**
 * Runs the whole of Escale on one machine, each part as a process of its own: what {@code ./escale} calls.
 *
 * <p>One supervisor starts the parts, brings back those that die and takes orders from the command line; when it ends,
 * however it ends, they end.
 */
@NullMarked
package escale.local;

import org.jspecify.annotations.NullMarked;
