/** What people and other services may ask of payment. */
@NullMarked
package escale.payment.http;

import org.jspecify.annotations.NullMarked;
