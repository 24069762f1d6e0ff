package escale.booking;

import static org.awaitility.Awaitility.await;

import escale.testkit.Postgres;
import java.util.Map;
import java.util.UUID;

/** Payment is away all the time here, so every booking begins as a reservation. */
final class PayDesk implements AutoCloseable {
    private final PaymentDoor payment = new PaymentDoor();
    private final Postgres.Database database = Postgres.freshDatabase("booking");
    final BookingService service;
    final Told told;

    PayDesk() {
        payment.outage(UUID.randomUUID());
        service = another();
        told = new Told(service);
    }

    /** One more instance on the same database. */
    BookingService another() {
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
        try (payment;
                service) {
            told.close();
        }
    }
}
