/** The doors of booking: requests come in as JSON, outcomes leave as statuses. */
@NullMarked
package escale.booking.http;

import org.jspecify.annotations.NullMarked;
