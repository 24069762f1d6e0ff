/** How things are put into words: in French and in English, as text and as a page, from facts that nobody has vetted. */
@NullMarked
package escale.notification.letter;

import org.jspecify.annotations.NullMarked;
