package escale.booking;

import escale.runtime.Trace;
import java.util.UUID;

/**
 * An operator's wish that a traveller be sent a link to pay by.
 *
 * @param linkId that the link will have
 * @param version of the booking that the operator has seen
 * @param operator who wishes it
 * @param key chosen by the client, once per intended link
 */
public record PayLinkRequest(UUID linkId, UUID bookingId, long version, String operator, String key, Trace trace) {}
