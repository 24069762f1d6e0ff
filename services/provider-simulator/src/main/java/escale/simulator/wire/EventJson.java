package escale.simulator.wire;

import escale.simulator.books.Event;

/** An event as JSON: what a webhook endpoint receives, and what can be looked up later. */
public final class EventJson {

    /** The SDK opens the object of an event only if the event speaks its own version of the API. */
    public static final String API_VERSION = "2026-07-29.dahlia";

    private EventJson() {}

    public static byte[] document(Event event, int pendingWebhooks, ResourceJson resources) {
        return JsonOut.document(of(event, pendingWebhooks, resources));
    }

    public static JsonOut.Part of(Event event, int pendingWebhooks, ResourceJson resources) {
        return out -> out.field("id", event.id())
                .field("object", "event")
                .field("api_version", API_VERSION)
                .field("created", event.time().getEpochSecond())
                .object("data", data -> data.object("object", resources.of(event.object())))
                .field("livemode", false)
                .field("pending_webhooks", pendingWebhooks)
                .object(
                        "request",
                        request ->
                                request.field("id", event.requestId()).field("idempotency_key", event.idempotencyKey()))
                .field("type", event.type());
    }
}
