/** What the provider knows of payments: intents, charges, refunds, and the decisions about them. Nothing here does I/O. */
@NullMarked
package escale.simulator.payments;

import org.jspecify.annotations.NullMarked;
