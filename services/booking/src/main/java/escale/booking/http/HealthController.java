package escale.booking.http;

import escale.booking.PayLater;
import escale.http.identity.AllowAnyone;
import escale.runtime.Stages;
import escale.sql.Database;
import escale.sql.DatabaseFault;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How booking is, for people and dashboards. Without payment it is degraded and not down: bookings are taken all the same.
 * Who routes requests asks the readiness probe, which payment has no part in.
 */
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final Stages stages;
    private final Database database;
    private final PayLater payLater;
    private boolean answers;
    private long askedAt = System.nanoTime() - KNOWN_FOR.toNanos();

    @Serdeable.Serializable
    record Health(HealthController.Status status, HealthController.Services services) {}

    @Serdeable.Serializable
    record Services(HealthController.ServiceHealth database, HealthController.ServiceHealth payment) {}

    @Serdeable.Serializable
    record ServiceHealth(
            HealthController.Status status, @Nullable String error) {}

    enum Status {
        UP,
        DEGRADED,
        DOWN,
        UNKNOWN
    }

    HealthController(Stages stages, Database database, PayLater payLater) {
        this.stages = stages;
        this.database = database;
        this.payLater = payLater;
    }

    @Get
    @AllowAnyone
    HttpResponse<Health> health() {
        var store = databaseAnswers()
                ? new ServiceHealth(Status.UP, null)
                : new ServiceHealth(Status.DOWN, "The database does not answer");
        var payment = payment();
        var status = store.status == Status.DOWN || !stages.ready()
                ? Status.DOWN
                : payment.status == Status.DOWN ? Status.DEGRADED : Status.UP;
        var health = new Health(status, new Services(store, payment));
        return status == Status.DOWN
                ? HttpResponse.<Health>serverError().status(503).body(health)
                : HttpResponse.ok(health);
    }

    private ServiceHealth payment() {
        return switch (payLater.sight()) {
            case AVAILABLE -> new ServiceHealth(Status.UP, null);
            case OUTAGE -> new ServiceHealth(Status.DOWN, "The payment provider cannot be reached");
            case UNREACHABLE -> new ServiceHealth(Status.DOWN, "The payment service does not answer");
            case UNKNOWN -> new ServiceHealth(Status.UNKNOWN, null);
        };
    }

    /** Anybody may ask, so the database is asked once a second at most. */
    private synchronized boolean databaseAnswers() {
        if (System.nanoTime() - askedAt >= KNOWN_FOR.toNanos()) {
            try {
                answers = database.read(tx -> tx.query("select 1", row -> row.getInt(1)))
                                .size()
                        == 1;
            } catch (DatabaseFault away) {
                answers = false;
            }
            askedAt = System.nanoTime();
        }
        return answers;
    }
}
