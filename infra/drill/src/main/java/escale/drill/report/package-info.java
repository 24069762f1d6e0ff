/**
 * What a load came to, for people: one HTML file with its plots inside.
 * It draws what it is given and asks nobody.
 */
@NullMarked
package escale.drill.report;

import org.jspecify.annotations.NullMarked;
