/** How payment hears of work: orders and retries on one side, dead letters on the other. */
@NullMarked
package escale.payment.kafka;

import org.jspecify.annotations.NullMarked;
