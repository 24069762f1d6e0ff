/** The booking database: departures with their seats, bookings, and their timelines. */
@NullMarked
package escale.booking.sql;

import org.jspecify.annotations.NullMarked;
