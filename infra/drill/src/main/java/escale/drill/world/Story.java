package escale.drill.world;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What everybody says about one booking: the client, booking, payment, the provider, notification and the mail sink.
 *
 * @param acts what the client was answered when it thought again
 * @param letters what arrived of the mails
 */
public record Story(
        UUID id,
        List<Asked> asked,
        List<Act> acts,
        @Nullable Booking booking,
        List<Payment> payments,
        List<Charge> charges,
        List<Mail> mails,
        List<Letter> letters) {

    /** What has been paid for this booking and not gone back: what the provider holds, and what came another way. */
    public long net() {
        return charges.stream().mapToLong(Charge::net).sum()
                + payments.stream().mapToLong(Payment::outside).sum();
    }

    /** What the provider does not take back, and a person has before him as a case. */
    public long refused() {
        return payments.stream().mapToLong(Payment::refused).sum();
    }

    /** What pays for the booking: without what is to go back and cannot, and without charges that nobody could ask about. */
    public long kept() {
        var doubtful =
                payments.stream().filter(Payment::inDoubt).map(Payment::id).toList();
        var inDoubt = charges.stream()
                .filter(charge -> doubtful.contains(charge.payment()))
                .mapToLong(Charge::net)
                .sum();
        return net() - refused() - inDoubt;
    }
}
