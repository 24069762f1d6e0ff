package escale.drill.levers;

import escale.drill.wire.Unreachable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts an order to charge on its topic that nobody can read. */
public final class Poison {
    private final String bootstrapServers;

    public Poison(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Returns once the topic has it. */
    public void drop(String key) {
        var record = new ProducerRecord<>("payments", key, "{\"paymentId\": not JSON");
        record.headers().add("ce_type", "payment.requested".getBytes(StandardCharsets.UTF_8));
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while poisoning a topic", e);
        } catch (ExecutionException e) {
            throw new Unreachable("Nothing could be written to " + bootstrapServers, e);
        }
    }
}
