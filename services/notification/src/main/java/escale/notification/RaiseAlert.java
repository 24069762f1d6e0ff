package escale.notification;

import escale.notification.sql.Alerts;
import escale.sql.Database;
import jakarta.inject.Singleton;

/** Takes down what the support team has to know, once however often it is heard of. */
@Singleton
public final class RaiseAlert {
    private final Database database;
    private final Alerts alerts;

    RaiseAlert(Database database, Alerts alerts) {
        this.database = database;
        this.alerts = alerts;
    }

    public void raise(Alert alert) {
        var level = switch (alert) {
            case Alert.PaymentExhausted _ -> AlertMessage.Level.ERROR;
            case Alert.OutageStarted _ -> AlertMessage.Level.CRITICAL;
            case Alert.OutageEnded _ -> AlertMessage.Level.RESOLVED;
        };
        database.statement(tx -> alerts.insert(tx, alert, level));
    }
}
