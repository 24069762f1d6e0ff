@NullMarked
package escale.http.identity;

import org.jspecify.annotations.NullMarked;
