package escale.drill.world;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What everybody says about one booking: the client, booking, payment and the provider. */
public record Story(
        UUID id, List<Asked> asked, @Nullable Booking booking, List<Payment> payments, List<Charge> charges) {

    /** What the provider holds for this booking. */
    public long net() {
        return charges.stream().mapToLong(Charge::net).sum();
    }
}
