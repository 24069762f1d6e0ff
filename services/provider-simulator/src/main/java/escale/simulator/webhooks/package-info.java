/** Tells the merchants' endpoints what happened: signed, repeated until heard, and as unreliably as is switched on. */
@NullMarked
package escale.simulator.webhooks;

import org.jspecify.annotations.NullMarked;
