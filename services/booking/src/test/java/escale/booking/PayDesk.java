package escale.booking;

import static org.awaitility.Awaitility.await;

import escale.testkit.Postgres;
import java.util.Map;
import java.util.UUID;

/** Payment is away all the time here, so every booking begins as a reservation. */
final class PayDesk extends BookingDesk {
    private final PaymentDoor payment;
    private final Postgres.Database database;

    PayDesk() {
        this(away(), Postgres.freshDatabase("booking"));
    }

    private PayDesk(PaymentDoor payment, Postgres.Database database) {
        super(instance(payment, database));
        this.payment = payment;
        this.database = database;
    }

    private static PaymentDoor away() {
        var payment = new PaymentDoor();
        payment.outage(UUID.randomUUID());
        return payment;
    }

    /** One more on the same database. */
    BookingService another() {
        return instance(payment, database);
    }

    private static BookingService instance(PaymentDoor payment, Postgres.Database database) {
        var instance = BookingService.start(
                database,
                Map.of(
                        "escale.payment.url",
                        payment.url(),
                        "escale.payment.every",
                        "50ms",
                        "escale.payment.timeout",
                        "60s",
                        "escale.pay-later.patience",
                        "1ms"));
        await().until(() -> instance.bean(PayLater.class).holds());
        return instance;
    }

    void expire(UUID booking) {
        service.update("update booking set expires_at = now() - interval '1 s' where id = ?", booking);
        service.awaitStatus(booking, Status.EXPIRED);
    }

    @Override
    public void close() {
        try (payment) {
            super.close();
        }
    }
}
