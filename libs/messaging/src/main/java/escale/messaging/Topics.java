package escale.messaging;

import escale.runtime.Stage;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics this service owns; the broker creates none by itself. */
@Singleton
final class Topics implements Stage {
    private final KafkaClients clients;
    private final KafkaSettings settings;
    private final String service;

    Topics(KafkaClients clients, KafkaSettings settings, @Value("${micronaut.application.name}") String service) {
        this.clients = clients;
        this.settings = settings;
        this.service = service;
    }

    @Override
    public Phase phase() {
        return Phase.TOPICS;
    }

    @Override
    public String name() {
        return "Kafka at " + settings.bootstrapServers();
    }

    @Override
    public void start() throws InterruptedException, ExecutionException, TimeoutException {
        var mine = TopicDeclaration.all().stream()
                .filter(topic -> topic.owner().equals(service))
                .collect(Collectors.toMap(TopicDeclaration::name, topic -> topic.toCreate(settings.replication())));
        try (var admin = clients.admin()) {
            var existing = admin.listTopics().names().get(15, TimeUnit.SECONDS);
            mine.keySet().removeAll(existing);
            for (var created : admin.createTopics(mine.values()).values().values()) {
                created(created);
            }
        }
    }

    private static void created(Future<Void> topic) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            topic.get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another instance came up at the same moment
                throw e;
            }
        }
    }
}
