/** The payment database: the ledger, dead letters and outages. */
@NullMarked
package escale.payment.sql;

import org.jspecify.annotations.NullMarked;
