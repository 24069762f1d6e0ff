package escale.notification;

/**
 * That another service asked for a mail, and under which key.
 *
 * @param hash tells one request from another
 */
public record Ask(String service, String key, byte[] hash) {}
