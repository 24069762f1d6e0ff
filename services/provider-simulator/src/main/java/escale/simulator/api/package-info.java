/** The door the merchants use: the provider's API, with whatever fault is switched on. */
@NullMarked
package escale.simulator.api;

import org.jspecify.annotations.NullMarked;
