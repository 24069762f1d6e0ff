/**
 * The program that tries Escale out from the outside: it loads it, breaks parts of it, and proves what must hold.
 * It shares no code with the services, so that no mistake of theirs can hide in it.
 */
@NullMarked
package escale.drill;

import org.jspecify.annotations.NullMarked;
