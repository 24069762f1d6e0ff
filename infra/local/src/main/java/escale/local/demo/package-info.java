/**
 * What a new system would be empty without: tours one can book, and travellers whom mails can address.
 *
 * <p>It is told as the services that own it would tell it, on their topics; where they run themselves, nothing is told.
 */
@NullMarked
package escale.local.demo;

import org.jspecify.annotations.NullMarked;
