package escale.messaging;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import java.util.List;
import org.reactivestreams.Publisher;

/** A process whose poll thread has died serves nobody by living on. */
@Singleton
@Liveness
final class ConsumersAlive implements HealthIndicator {
    private final List<DueConsumer> consumers;

    ConsumersAlive(List<DueConsumer> consumers) {
        this.consumers = consumers;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var dead = consumers.stream()
                .filter(DueConsumer::dead)
                .map(DueConsumer::name)
                .toList();
        return Publishers.just(HealthResult.builder("consumers", dead.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(dead)
                .build());
    }
}
