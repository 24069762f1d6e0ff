/** Short transactions, set-based statements, and the lanes that gather single requests into batches. */
@NullMarked
package escale.sql;

import org.jspecify.annotations.NullMarked;
