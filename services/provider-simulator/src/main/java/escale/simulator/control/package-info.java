/** The door the operators of a drill use: switches, ledger, figures. */
@NullMarked
package escale.simulator.control;

import org.jspecify.annotations.NullMarked;
