/** The switches that make the provider slow, wrong or silent. */
@NullMarked
package escale.simulator.faults;

import org.jspecify.annotations.NullMarked;
