/** The provider's books: an append-only ledger on disk, the state it adds up to, and the answers kept under their keys. */
@NullMarked
package escale.simulator.books;

import org.jspecify.annotations.NullMarked;
