package escale.drill.world;

import escale.drill.wire.Heard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is told on the topics of the small world. */
public final class SmallTopics {
    private final List<Heard> events = new ArrayList<>();

    TopicDump dump() {
        var topics = new TopicDump();
        events.forEach(topics::add);
        return topics;
    }

    public void told(String topic, UUID booking, int version) {
        told(topic, booking, version, version == 1 ? "PENDING_PAYMENT" : "CONFIRMED");
    }

    public void told(String topic, UUID booking, int version, String status) {
        add(
                topic,
                "",
                booking,
                "{\"bookingId\":\"%s\",\"paymentId\":\"%s\",\"version\":%d,\"status\":\"%s\",\"source\":{\"version\":77}}"
                        .formatted(booking, SmallWorld.paymentOf(booking), version, status),
                Instant.EPOCH);
    }

    /** Payment tells of the same version again, in other words. */
    public void paymentTold(UUID booking, String type, Instant at) {
        add(
                "payment.events",
                type,
                booking,
                "{\"bookingId\":\"%s\",\"paymentId\":\"%s\",\"version\":1}"
                        .formatted(booking, SmallWorld.paymentOf(booking)),
                at);
    }

    public void deadLetter(String key) {
        events.add(new Heard("payments.dlt", 0, 1, "nowhere", "payment.retry", key, new byte[0], 0, 0));
    }

    public void forgetLast() {
        events.removeLast();
    }

    private void add(String topic, String type, UUID booking, String value, Instant at) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        events.add(new Heard(topic, 0, events.size(), "", type, booking.toString(), bytes, at.toEpochMilli(), 0));
    }
}
