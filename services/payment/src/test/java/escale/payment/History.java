package escale.payment;

import escale.payment.HearProvider.Notice;
import escale.payment.TakeBackCharge.CancelOrder;
import escale.payment.cases.Deed;
import escale.payment.cases.ReplayDeadLetter;
import escale.payment.provider.Fate;
import escale.payment.provider.ProviderModel;
import escale.runtime.Ids;
import escale.runtime.Trace;
import escale.sql.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One payment amid everything that can go wrong, drawn from a seed: told twice it happens twice. */
final class History {
    private static final Origin ORIGIN = new Origin("payments", 0, 0);
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(10, 20, 50, Duration.ofMillis(1), Duration.ofMillis(1), 5);
    static final Duration LEASE = Duration.ofSeconds(21);
    private static final String NOTHING = "nothing";

    private final Order order = PaymentService.order();
    private final PaymentService service;
    private final ProviderModel provider;
    private final SplittableRandom random;

    private final Misfortune misfortune;

    private final int probes; // in so many attempts one; 0: none

    /** Where the payment stands; a payment that the ledger does not know yet waits for its first attempt. */
    record Row(State state, int cycle, int attempt, boolean takenBack, String told) {
        boolean isFinal() {
            return switch (state) {
                case PAID, DECLINED, CANCELLED, FAILED -> true;
                case WAITING, ATTEMPTING, ACTION_REQUIRED, UNPROVEN -> false;
            };
        }
    }

    History(PaymentService service, long seed) {
        this.service = service;
        this.provider = service.bean(ProviderModel.class);
        this.random = new SplittableRandom(seed);
        this.misfortune = new Misfortune(random);
        this.probes = 8;
        provider.begin(order.paymentId(), misfortune::next, this::takeOver);
    }

    /** One that is told by a test. */
    History(PaymentService service, BooleanSupplier readsWell, List<Fate> charges) {
        this.service = service;
        this.provider = service.bean(ProviderModel.class);
        this.random = new SplittableRandom(0);
        this.misfortune = new Misfortune(random);
        this.probes = 0;
        var script = new ArrayDeque<>(charges);
        provider.begin(
                order.paymentId(),
                reads -> {
                    if (reads) {
                        return readsWell.getAsBoolean() ? Fate.WELL : Fate.BROKEN_AND_NOT_KEPT;
                    }
                    return script.isEmpty() ? Fate.WELL : script.pop();
                },
                this::takeOver);
    }

    /** What became of it when everything is well again. */
    Row live() {
        for (var steps = random.nextInt(4, 25); steps > 0 && row().state != State.PAID; steps--) {
            step();
        }
        provider.heal(random.nextInt(3) > 0);
        var end = end();
        if (end.state == State.FAILED && random.nextBoolean()) {
            provider.heal(true);
            replay();
            end = end();
        }
        later(Duration.ofMinutes(3));
        return end;
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1 -> later(misfortune.time());
            case 2 -> provider.arrive();
            case 3, 4 -> replay();
            case 5 -> {
                if (random.nextInt(3) == 0) {
                    takeBack();
                }
            }
            case 6 ->
                unlessItDies(
                        "hear",
                        () -> service.bean(HearProvider.class)
                                .hear(new Notice.AboutPayment(Ids.next().toString(), order.paymentId())));
            case 8 -> lastAttemptComes();
            case 7 -> unlessItDies("reconcile", service.bean(Reconcile.class)::round);
            default -> attempt();
        }
    }

    private void takeOver() {
        misfortune.whileAsleep(this::attempt);
    }

    void attempt() {
        var row = row();
        if (row.state == State.ATTEMPTING) {
            loseLease();
        }
        service.update("update payment set next_attempt_at = clock_timestamp() where id = ?", order.paymentId());
        var next = row.state == State.ATTEMPTING ? row.attempt : row.attempt + 1;
        var ticket = row.cycle == 1 && next == 1
                ? Ticket.first(order)
                : new Ticket(order.paymentId(), 1, row.cycle, next, null);
        unlessItDies("attempt " + next + " of " + row.told, () -> {
            try (var call = probes > 0 && random.nextInt(probes) == 0
                    ? probe()
                    : new ProviderBreaker(SETTINGS, metrics()).begin()) {
                service.bean(ChargePayment.class).attempt(ticket, ORIGIN, call);
            }
        });
    }

    /** As if those before it had been spent. */
    void lastAttemptComes() {
        provider.tell("five attempts are spent");
        service.update(
                "update payment set attempt = 5 where id = ? and state = 'WAITING' and attempt > 0", order.paymentId());
    }

    private static ProviderBreaker.Call probe() {
        var breaker = new ProviderBreaker(SETTINGS, metrics());
        for (var failures = 0; failures < 10; failures++) {
            try (var call = breaker.begin()) {
                call.answered(false);
            }
        }
        while (!breaker.enter()) {
            Thread.onSpinWait();
        }
        return breaker.begin();
    }

    private static SimpleMeterRegistry metrics() {
        return new SimpleMeterRegistry();
    }

    private void takeBack() {
        if (row().told.equals(NOTHING)) {
            return; // another row would stand in its place
        }
        provider.tell("taken back");
        service.bean(TakeBackCharge.class)
                .takeBack(new CancelOrder(order.bookingId(), 1, "booking-cancelled", order.trace()), ORIGIN);
    }

    /** A person at the case, which stands in the place of the dead letter's record. */
    void replay() {
        var row = row();
        if (row.isFinal() && row.state != State.FAILED || row.state == State.WAITING) {
            return;
        }
        if (row.state == State.ATTEMPTING) {
            loseLease();
        }
        service.update("""
                insert into dead_letter (id, payment_id, booking_id, charge_no, cycle, record_key, original_topic,
                    original_partition, original_offset, type, cause, attempts, last_failure_at, headers)
                select uuidv7(), id, booking_id, 1, cycle, '', 'payments.retry.16s', 0, 0, 'payment.retry', '', 6,
                    clock_timestamp(), ''
                from payment where id = ? on conflict do nothing
                """, order.paymentId());
        var letter = service.id(
                "select id from dead_letter where payment_id = ? order by cycle desc limit 1", order.paymentId());
        var version = service.count("select version from dead_letter where id = ?", letter);
        var acted = service.bean(ReplayDeadLetter.class)
                .replay(letter, version, null, new Deed("paul", "replay", "", new Trace("", "")));
        provider.tell("replay: " + acted);
    }

    private void unlessItDies(String what, Runnable work) {
        try {
            provider.tell(what);
            work.run();
        } catch (ProviderModel.Died died) {
            provider.tell("died");
        }
    }

    /** Whoever sleeps knows the times as they were: while one does the lease ends, and no time passes. */
    private void loseLease() {
        if (misfortune.sleeps()) {
            service.update(
                    "update payment set lease_until = clock_timestamp() - interval '1 s' where id = ?",
                    order.paymentId());
        } else {
            later(LEASE);
        }
    }

    /** The ledger's times move into the past instead. */
    void later(Duration time) {
        provider.tell(time + " later");
        provider.later(time);
        service.update("""
                update payment p
                set created_at = created_at - t, updated_at = updated_at - t, key_since = key_since - t,
                    key_until = key_until - t, lease_until = lease_until - t, next_attempt_at = next_attempt_at - t
                from (select ? * interval '1 ms') as x (t) where id = ?
                """, time.toMillis(), order.paymentId());
    }

    private Row end() {
        for (var rounds = 0; rounds < 60; rounds++) {
            var row = row();
            if (row.isFinal()) {
                return row;
            }
            if (row.takenBack || row.state == State.UNPROVEN) {
                later(Duration.ofMinutes(3));
                service.bean(Reconcile.class).round();
            } else {
                later(Duration.ofSeconds(13));
                attempt();
            }
        }
        throw new AssertionError("It does not end");
    }

    Row row() {
        return service.bean(Database.class)
                .read(tx -> tx.first(
                        """
                        select state, cycle, attempt, cancel_reason is not null, concat_ws(' ', state, cycle || '.' || attempt,
                            'key', key_no, doubt, 'since', clock_timestamp() - key_since, 'until', clock_timestamp() - key_until)
                        from payment where id = ?
                        """,
                        row -> new Row(
                                State.valueOf(row.getString(1)),
                                row.getInt(2),
                                row.getInt(3),
                                row.getBoolean(4),
                                row.getString(5)),
                        order.paymentId()))
                .orElse(new Row(State.WAITING, 1, 0, false, NOTHING));
    }
}
