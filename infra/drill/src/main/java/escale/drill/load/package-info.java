/**
 * Bookings at a given rate, and how long each took to be accepted and to be confirmed.
 * Times count from when a booking was due, so a slow system cannot slow down its own measurement.
 */
@NullMarked
package escale.drill.load;

import org.jspecify.annotations.NullMarked;
