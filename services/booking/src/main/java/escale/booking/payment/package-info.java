/** The way to the payment service over HTTP: whether it can charge anybody now. */
@NullMarked
package escale.booking.payment;

import org.jspecify.annotations.NullMarked;
