/** The simulator as its merchants and its operators meet it: through its two ports, and by its ledger. */
@NullMarked
package escale.simulator;

import org.jspecify.annotations.NullMarked;
