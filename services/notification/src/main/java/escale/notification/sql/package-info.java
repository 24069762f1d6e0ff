/** What is waiting to be told, whom to, and what became of it. */
@NullMarked
package escale.notification.sql;

import org.jspecify.annotations.NullMarked;
