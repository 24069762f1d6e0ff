/** The provider's objects as the JSON its SDK reads. */
@NullMarked
package escale.simulator.wire;

import org.jspecify.annotations.NullMarked;
