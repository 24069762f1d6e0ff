package escale.payment.cases;

import escale.runtime.Trace;

/**
 * What a person did, for the history.
 *
 * @param detail the reason, the evidence or the note, in their words
 */
public record Deed(String actor, String action, String detail, Trace trace) {}
