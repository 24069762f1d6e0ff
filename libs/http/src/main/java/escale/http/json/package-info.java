/** How request bodies are read: strictly, because what is ignored at the door is missed behind it. */
@NullMarked
package escale.http.json;

import org.jspecify.annotations.NullMarked;
