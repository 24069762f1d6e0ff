/** Who asks, and who may: bearer tokens, the roles they carry, and the rule that every route must have. */
@NullMarked
package escale.http.identity;

import org.jspecify.annotations.NullMarked;
