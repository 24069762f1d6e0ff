/**
 * Parts as processes: started side by side, brought back when they die, frozen, killed and stopped in order.
 *
 * <p>What the parts are is not known here, only how one is run and watched; so it is tried out on programs of five lines.
 */
@NullMarked
package escale.local.supervision;

import org.jspecify.annotations.NullMarked;
