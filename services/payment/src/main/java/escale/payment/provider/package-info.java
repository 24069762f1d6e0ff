/** The payment provider, over the Stripe API. */
@NullMarked
package escale.payment.provider;

import org.jspecify.annotations.NullMarked;
