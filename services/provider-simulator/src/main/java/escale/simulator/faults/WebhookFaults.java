package escale.simulator.faults;

/**
 * How the news travels.
 *
 * @param never it is not sent at all, and not sent later either
 * @param lateMs it is sent this much later
 * @param twice every event is sent twice
 * @param reversed the events of a payment are gathered for a moment and sent newest first
 */
public record WebhookFaults(boolean never, int lateMs, boolean twice, boolean reversed) {

    public static final WebhookFaults NONE = new WebhookFaults(false, 0, false, false);

    public WebhookFaults {
        if (lateMs < 0) {
            throw new IllegalArgumentException("webhooks.lateMs must not be negative");
        }
    }
}
