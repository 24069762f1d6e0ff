package escale.drill.levers;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts an order to charge on its topic that nobody can read. */
public final class Poison {
    private static final byte[] UNREADABLE = "{\"paymentId\": not JSON".getBytes(StandardCharsets.UTF_8);

    private final String bootstrapServers;

    public Poison(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Returns once the topic has it. */
    public void drop(String key) {
        var record = new ProducerRecord<>("payments", key, UNREADABLE);
        record.headers().add("ce_type", "payment.requested".getBytes(StandardCharsets.UTF_8));
        OneRecord.publish(bootstrapServers, "The poison", record);
    }
}
