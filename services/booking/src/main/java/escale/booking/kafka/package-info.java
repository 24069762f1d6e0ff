/** How booking hears of the others: what payment tells, and which tours there are. */
@NullMarked
package escale.booking.kafka;

import org.jspecify.annotations.NullMarked;
