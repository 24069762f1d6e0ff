package escale.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Makes the consumers of a service: one per topic it listens to. */
@Singleton
public final class Consumers {
    private final KafkaClients clients;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;

    Consumers(KafkaClients clients, DeadLetters deadLetters, MeterRegistry metrics) {
        this.clients = clients;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    public DueConsumer of(Intake intake, Handler handler) {
        return of(intake, Gate.OPEN, handler);
    }

    public DueConsumer of(Intake intake, Gate gate, Handler handler) {
        return new DueConsumer(
                intake,
                gate,
                () -> clients.member(intake),
                new Execution(intake.group(), handler, deadLetters),
                new ConsumerMeters(intake, metrics));
    }

    /** For what every instance has to hear. */
    public Tail tail(String topic, Consumer<Received> listener) {
        return new Tail(topic, () -> clients.reader("tail-" + topic), listener);
    }
}
