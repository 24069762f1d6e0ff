package escale.drill.invariants;

import escale.drill.world.Charge;
import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.Map;
import java.util.TreeMap;

/** The provider, payment and booking agree on every cent. */
final class MoneyConserved implements Invariant {
    private static final class Sums {
        private long provider;
        private long payments;
        private long bookings;

        boolean agree() {
            return provider == payments && payments == bookings;
        }
    }

    private final Violations violations = new Violations();
    private final Map<String, Sums> currencies = new TreeMap<>();

    @Override
    public String id() {
        return "I6";
    }

    @Override
    public String sentence() {
        return "money is conserved";
    }

    @Override
    public void see(Story story) {
        var atProvider = story.net();
        var inPayments = 0L;
        for (var charge : story.charges()) {
            in(charge.currency()).provider += charge.net();
        }
        for (var payment : story.payments()) {
            if (payment.state() == Payment.State.PAID) {
                var net = payment.amount() - refunded(story, payment);
                inPayments += net;
                in(payment.currency()).payments += net;
            }
        }
        var inBookings = 0L;
        var booking = story.booking();
        if (booking != null && booking.paid()) {
            inBookings = booking.amount();
            in(booking.currency()).bookings += booking.amount();
        }
        if (atProvider != inPayments || inPayments != inBookings) {
            violations.add("booking %s: provider %d, payment %d, booking %d"
                    .formatted(story.id(), atProvider, inPayments, inBookings));
        }
    }

    /** Payment keeps no refunds yet, so what went back is taken from the provider. */
    private static long refunded(Story story, Payment payment) {
        return story.charges().stream()
                .filter(charge -> payment.id().equals(charge.payment()))
                .mapToLong(Charge::refunded)
                .sum();
    }

    private Sums in(String currency) {
        return currencies.computeIfAbsent(currency, _ -> new Sums());
    }

    @Override
    public Finding conclude(World world) {
        var compared = new StringBuilder();
        currencies.forEach((currency, sums) -> {
            compared.append("%s provider %d, payment %d, booking %d; "
                    .formatted(currency, sums.provider, sums.payments, sums.bookings));
            if (!sums.agree()) {
                violations.add("the sums in %s differ: provider %d, payment %d, booking %d"
                        .formatted(currency, sums.provider, sums.payments, sums.bookings));
            }
        });
        return violations.over(
                this, compared.isEmpty() ? "no money" : compared.toString().strip());
    }
}
