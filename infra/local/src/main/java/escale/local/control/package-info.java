/**
 * How a command speaks to the supervisor: words over HTTP on the loopback interface, let in by a token from a file.
 *
 * <p>The answer is lines of text as people read them, the last one {@code exit N}, so that one answer may grow while
 * the work is done.
 */
@NullMarked
package escale.local.control;

import org.jspecify.annotations.NullMarked;
