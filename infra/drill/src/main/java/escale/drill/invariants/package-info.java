/**
 * What must hold whatever happens, one class per sentence.
 * Each looks at the stories of all bookings once and says what it compared and what it found wrong.
 */
@NullMarked
package escale.drill.invariants;

import org.jspecify.annotations.NullMarked;
