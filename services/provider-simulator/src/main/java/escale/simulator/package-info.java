/**
 * A payment provider that moves no money: it speaks a part of the Stripe API, keeps its books on disk, and can be made
 * slow, wrong or silent. It must never be used in production.
 */
@NullMarked
package escale.simulator;

import org.jspecify.annotations.NullMarked;
