/**
 * Holds the contracts to their word. The gate compares them with those of the last release; the tests keep schemas,
 * examples, topics and descriptions of the doors in step.
 */
@NullMarked
package escale.contracts;

import org.jspecify.annotations.NullMarked;
