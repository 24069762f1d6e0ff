/**
 * Many dead letters tried again at once, carefully: in batches that grow while they succeed, and that stop by themselves
 * when they do not. What is done to each letter is what {@link escale.payment.cases} does to one.
 */
@NullMarked
package escale.payment.redrive;

import org.jspecify.annotations.NullMarked;
