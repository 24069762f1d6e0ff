@NullMarked
package escale.http;

import org.jspecify.annotations.NullMarked;
