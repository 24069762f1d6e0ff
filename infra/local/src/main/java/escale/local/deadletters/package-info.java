/**
 * The command line of whoever settles dead letters: {@code ./escale dlq}.
 *
 * <p>It knows nothing but the API of payment, with the rights of an operator and under the name of the machine's user.
 */
@NullMarked
package escale.local.deadletters;

import org.jspecify.annotations.NullMarked;
