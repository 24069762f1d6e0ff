package escale.payment;

import escale.payment.provider.Fate;
import escale.payment.provider.ProviderModel;
import escale.payment.refund.RefundMoney;
import escale.runtime.Ids;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** One part of a payment on its way back amid everything that can go wrong, drawn from a seed. */
final class RefundHistory {
    private final UUID id = Ids.next();
    private final PaymentService service;
    private final ProviderModel provider;
    private final SplittableRandom random;
    private final Misfortune misfortune;

    RefundHistory(PaymentService service, long seed) {
        this.service = service;
        this.provider = service.bean(ProviderModel.class);
        this.random = new SplittableRandom(seed);
        this.misfortune = new Misfortune(random);
        provider.begin(id, misfortune::next, () -> misfortune.whileAsleep(this::attempt));
        insert();
    }

    /** One that is told by a test: what becomes of each refund, and afterwards all is well. */
    RefundHistory(PaymentService service, List<Fate> fates) {
        this(service, 0);
        var script = new ArrayDeque<>(fates);
        provider.begin(id, reads -> reads || script.isEmpty() ? Fate.WELL : script.pop(), () -> {});
    }

    private void insert() {
        service.update("update refund set state = 'REFUSED' where state = 'WAITING'"); // those of other histories
        service.update("""
                with paid as (
                    insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state, provider_id)
                    values (uuidv7(), uuidv7(), 1, 'CHARGE', 9000, 'EUR', 'pm_card_visa', 'marie', 'PAID', 'pi_1')
                    returning id)
                insert into refund (id, payment_id, amount, reason) select ?, id, 3000, 'change' from paid
                """, id);
    }

    /** Lives on until the provider is well again and the money is back, and a while longer. */
    void live() {
        for (var steps = random.nextInt(4, 25); steps > 0 && waits(); steps--) {
            switch (random.nextInt(8)) {
                case 0 -> later(misfortune.time());
                case 1 -> provider.arrive();
                default -> attempt();
            }
        }
        provider.heal(true);
        for (var rounds = 0; waits() && rounds < 60; rounds++) {
            later(Duration.ofSeconds(13));
            attempt();
        }
        provider.arrive();
        later(Duration.ofMinutes(3));
    }

    private boolean waits() {
        return service.count("select count(*) from refund where id = ? and state = 'WAITING'", id) == 1;
    }

    /** The lease of whoever was at it is over: at once while one sleeps, for whom no time passes. */
    void attempt() {
        if (!misfortune.sleeps()) {
            later(Duration.ofSeconds(21));
        }
        service.update("update refund set next_attempt_at = clock_timestamp() where id = ?", id);
        try {
            provider.tell("attempt of " + told());
            service.bean(RefundMoney.class).round();
        } catch (ProviderModel.Died died) {
            provider.tell("died");
        }
    }

    /** The ledger's times move into the past instead. */
    void later(Duration time) {
        provider.tell(time + " later");
        provider.later(time);
        service.update("""
                update refund
                set key_since = key_since - t, key_until = key_until - t, next_attempt_at = next_attempt_at - t
                from (select ? * interval '1 ms') as x (t) where id = ?
                """, time.toMillis(), id);
    }

    String told() {
        return service.text("""
                select concat_ws(' ', state, attempts, 'key', key_no, doubt, 'since', clock_timestamp() - key_since,
                    'until', clock_timestamp() - key_until)
                from refund where id = ?
                """, id);
    }
}
