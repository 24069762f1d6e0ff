/**
 * Takes bookings at once and keeps the seats: whoever is accepted holds seats that nobody else gets. Money comes later;
 * what payment tells moves a booking along its legal transitions, and everything that happens is told to the others.
 */
@NullMarked
package escale.booking;

import org.jspecify.annotations.NullMarked;
