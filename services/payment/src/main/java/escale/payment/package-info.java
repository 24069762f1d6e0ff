/**
 * Collects what bookings cost: each payment is charged once, retried while its outcome allows it, and shown to a person
 * when no machine can decide. The ledger decides; topics only carry.
 */
@NullMarked
package escale.payment;

import org.jspecify.annotations.NullMarked;
