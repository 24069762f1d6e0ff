@NullMarked
package escale.notification.letter;

import org.jspecify.annotations.NullMarked;
