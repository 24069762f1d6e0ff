/**
 * What every HTTP door of Escale has in common: refusals as problem documents, request ids, idempotency keys, pages and
 * versions. A controller takes these as arguments and answers with them; it holds no technique of its own.
 */
@NullMarked
package escale.http;

import org.jspecify.annotations.NullMarked;
