/**
 * Everything that is known about each booking, from every place that knows something, side by side.
 * Read in one pass in the order of booking ids, so that a million of them fit.
 */
@NullMarked
package escale.drill.world;

import org.jspecify.annotations.NullMarked;
