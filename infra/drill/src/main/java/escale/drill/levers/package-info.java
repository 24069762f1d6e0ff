/**
 * The switches a drill may touch: the provider's faults, the launcher, and tours of its own.
 * Only what an operator could do as well.
 */
@NullMarked
package escale.drill.levers;

import org.jspecify.annotations.NullMarked;
