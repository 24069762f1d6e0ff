package escale.payment.http;

import escale.http.identity.AllowAnyone;
import escale.payment.Outage;
import escale.payment.sql.Outages;
import escale.sql.Database;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether payment is possible now. */
@Controller("/v1/availability")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowAnyone
final class AvailabilityController {
    private final Database database;
    private final Outages outages;

    @Serdeable
    record AvailabilityJson(
            boolean available,
            @Nullable UUID outageId,
            @Nullable Instant since) {
        static AvailabilityJson during(Outage outage) {
            return new AvailabilityJson(false, outage.id(), outage.since());
        }
    }

    AvailabilityController(Database database, Outages outages) {
        this.database = database;
        this.outages = outages;
    }

    @Get
    AvailabilityJson availability() {
        return database.read(outages::current)
                .map(AvailabilityJson::during)
                .orElse(new AvailabilityJson(true, null, null));
    }
}
