/**
 * Scenes that are played and then proven, each a class.
 * They come in by the public doors, break something, say what happens as it happens, and end with the invariants.
 */
@NullMarked
package escale.drill.drills;

import org.jspecify.annotations.NullMarked;
