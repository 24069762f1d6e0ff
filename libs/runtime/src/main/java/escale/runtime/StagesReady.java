package escale.runtime;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready once every stage has started; until then the probe says what is being waited for. */
@Singleton
@Readiness
final class StagesReady implements HealthIndicator {
    private final Stages stages;

    StagesReady(Stages stages) {
        this.stages = stages;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var waitingFor = stages.waitingFor();
        var result = HealthResult.builder("stages", waitingFor == null ? HealthStatus.UP : HealthStatus.DOWN);
        return Publishers.just(
                waitingFor == null
                        ? result.build()
                        : result.details(Map.of("waitingFor", waitingFor)).build());
    }
}
