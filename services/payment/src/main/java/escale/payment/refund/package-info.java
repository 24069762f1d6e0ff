/** Money on its way back: each refund is tried until the provider takes it, or refuses it and a person decides. */
@NullMarked
package escale.payment.refund;

import org.jspecify.annotations.NullMarked;
