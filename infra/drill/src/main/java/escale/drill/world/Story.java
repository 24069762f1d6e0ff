package escale.drill.world;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What everybody says about one booking: the client, booking, payment, the provider and notification.
 *
 * @param mails their kinds
 */
public record Story(
        UUID id,
        List<Asked> asked,
        @Nullable Booking booking,
        List<Payment> payments,
        List<Charge> charges,
        List<String> mails) {

    /** What has been paid for this booking and not gone back: what the provider holds, and what came another way. */
    public long net() {
        return charges.stream().mapToLong(Charge::net).sum()
                + payments.stream().mapToLong(Payment::outside).sum();
    }
}
