/**
 * Changing a booking that is paid: another departure of its tour, or another number of seats. What costs no more is done at
 * once; what costs more waits for its supplement, and until then the booking stays what it was.
 */
@NullMarked
package escale.booking.change;

import org.jspecify.annotations.NullMarked;
