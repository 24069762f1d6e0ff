package escale.notification;

import escale.notification.sql.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Figures about mails: what waits, for all instances together; what was done, by this one. */
@Singleton
final class MailMeters {
    private final Backlog backlog;
    private final MeterRegistry registry;
    private volatile Backlog.Figures figures = new Backlog.Figures(0, 0, 0, 0);

    MailMeters(Backlog backlog, MeterRegistry registry) {
        this.backlog = backlog;
        this.registry = registry;
        Gauge.builder("escale.mails.waiting", this, meters -> meters.figures.mails())
                .description("Mails that have not left yet")
                .register(registry);
        Gauge.builder("escale.mails.oldest.seconds", this, meters -> meters.figures.oldestMailSeconds())
                .description("Age of the oldest mail that has not left yet")
                .register(registry);
        Gauge.builder("escale.alerts.waiting", this, meters -> meters.figures.alerts())
                .description("Alerts that have not left yet")
                .register(registry);
        Gauge.builder("escale.alerts.oldest.seconds", this, meters -> meters.figures.oldestAlertSeconds())
                .description("Age of the oldest alert that has not left yet")
                .register(registry);
    }

    /** One look, every few seconds. */
    void look() {
        figures = backlog.now();
    }

    void count(String kind, Posting posting, State now) {
        switch (now) {
            case SENT -> registry.counter("escale.mails.sent", "kind", kind).increment();
            case FAILED -> registry.counter("escale.mails.failed", "kind", kind).increment();
            case WAITING -> registry.counter("escale.mails.put.off").increment();
        }
        if (posting instanceof Posting.Doubtful) {
            registry.counter("escale.mails.doubtful").increment();
        }
    }
}
