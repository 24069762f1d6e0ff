/**
 * Where all mail goes on this machine: a program of its own that takes mail by SMTP and shows it by HTTP, and sends none.
 *
 * <p>A mail is on disk before the sender hears that it was accepted, so that what was sent can be counted after any
 * accident.
 */
@NullMarked
package escale.local.mail;

import org.jspecify.annotations.NullMarked;
