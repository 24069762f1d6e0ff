package escale.drill.levers;

import escale.drill.wire.Unreachable;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts a single record on a topic, where a service that is not there, or not sane, would. */
final class OneRecord {
    private OneRecord() {}

    /** Returns once the topic has it. */
    static void publish(String bootstrapServers, String what, ProducerRecord<String, byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while publishing " + what, e);
        } catch (ExecutionException e) {
            throw new Unreachable(what + " could not be published on " + bootstrapServers, e);
        }
    }
}
