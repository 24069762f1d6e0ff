/** What every Escale process shares: how it starts, waits for what it needs, says that it is ready, and stops. */
@NullMarked
package escale.runtime;

import org.jspecify.annotations.NullMarked;
