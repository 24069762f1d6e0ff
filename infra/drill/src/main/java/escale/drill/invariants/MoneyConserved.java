package escale.drill.invariants;

import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.Map;
import java.util.TreeMap;

/**
 * The provider, payment and booking agree on every cent. Left out is what only a person can settle: charges nobody could
 * ask about; and a refund the provider refused is owed by the booking until then.
 */
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
    private long inDoubt;

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
        var doubtful = story.payments().stream()
                .filter(Payment::inDoubt)
                .map(Payment::id)
                .toList();
        var atProvider = 0L;
        for (var charge : story.charges()) {
            if (doubtful.contains(charge.payment())) {
                inDoubt += charge.net();
            } else {
                atProvider += charge.net();
                in(charge.currency()).provider += charge.net();
            }
        }
        var inPayments = 0L;
        var stuck = 0L;
        for (var payment : story.payments()) {
            atProvider += payment.outside(); // where it is, a person has evidence
            in(payment.currency()).provider += payment.outside();
            inPayments += payment.net();
            in(payment.currency()).payments += payment.net();
            stuck += payment.refused();
            in(payment.currency()).bookings += payment.refused();
        }
        var inBookings = stuck;
        var booking = story.booking();
        if (booking != null && booking.paid()) {
            inBookings += booking.amount();
            in(booking.currency()).bookings += booking.amount();
        }
        if (atProvider != inPayments || inPayments != inBookings) {
            violations.add("booking %s: provider %d, payment %d, booking %d"
                    .formatted(story.id(), atProvider, inPayments, inBookings));
        }
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
        if (inDoubt > 0) {
            compared.append(inDoubt).append(" in doubt, before a person");
        }
        return violations.over(
                this, compared.isEmpty() ? "no money" : compared.toString().strip());
    }
}
