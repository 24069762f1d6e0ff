package escale.notification.sql;

import escale.sql.Database;
import jakarta.inject.Singleton;

/** How much has not left yet. */
@Singleton
public final class Backlog {
    private final Database database;

    /** Counts, and the age of the oldest of each. */
    public record Figures(long mails, double oldestMailSeconds, long alerts, double oldestAlertSeconds) {}

    public Backlog(Database database) {
        this.database = database;
    }

    public Figures now() {
        return database.read(tx -> tx.first(
                        """
                        select mails, mail_age, alerts, alert_age
                        from (select count(*) as mails,
                                     coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as mail_age
                              from mail where state = 'WAITING')
                        cross join
                             (select count(*) as alerts,
                                     coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as alert_age
                              from alert where state = 'WAITING')
                        """,
                        row -> new Figures(
                                row.getLong("mails"),
                                row.getDouble("mail_age"),
                                row.getLong("alerts"),
                                row.getDouble("alert_age"))))
                .orElseThrow();
    }
}
