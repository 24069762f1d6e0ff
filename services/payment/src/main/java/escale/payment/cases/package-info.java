/** What machines could not settle, as cases for people: each act is one transaction and one line of history. */
@NullMarked
package escale.payment.cases;

import org.jspecify.annotations.NullMarked;
