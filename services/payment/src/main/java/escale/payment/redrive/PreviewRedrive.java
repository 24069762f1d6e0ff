package escale.payment.redrive;

import static java.util.Objects.requireNonNull;

import escale.payment.Charge;
import escale.payment.Payment;
import escale.payment.PaymentProvider;
import escale.payment.ProviderBreaker;
import escale.payment.cases.Filter;
import escale.payment.sql.PaymentRow;
import escale.sql.Database;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Shows what a redrive would be about, without touching anything: the letters, the money, and what is paid already. */
@Singleton
public final class PreviewRedrive {
    private static final int ASKED_AT_MOST = 50;
    private static final int AT_ONCE = 8;
    private static final Duration ASKING_LASTS_AT_MOST = Duration.ofSeconds(10);

    private final Database database;
    private final PaymentProvider provider;
    private final ProviderBreaker breaker;

    /**
     * What is known before.
     *
     * @param letters open cases
     * @param refunds of those, where a refund came to nothing
     * @param records of those, where the record could not be read; they are put back where they came from
     */
    public record Preview(
            int letters, int charges, int refunds, int records, List<Sum> sums, List<Cause> causes, Asked asked) {}

    /** What the letters of one currency are about. */
    @Serdeable
    public record Sum(String currency, int letters, long amount) {}

    @Serdeable
    public record Cause(String cause, int letters) {}

    /**
     * What the provider says about the charges: those that are paid there will be settled and not charged.
     *
     * @param all whether it was asked about every charge; otherwise about some of them, chosen at random
     */
    @Serdeable
    public record Asked(int charges, boolean all, int paid, int unpaid, int unknown) {}

    PreviewRedrive(Database database, PaymentProvider provider, ProviderBreaker breaker) {
        this.database = database;
        this.provider = provider;
        this.breaker = breaker;
    }

    public Preview preview(Filter filter) {
        var open = filter.open();
        var counts = counts(open);
        return new Preview(
                counts.letters,
                counts.charges,
                counts.refunds,
                counts.records,
                sums(open),
                causes(open),
                ask(open, counts.charges));
    }

    private record Counts(int letters, int charges, int refunds, int records) {}

    private Counts counts(Filter open) {
        return database.search(tx -> tx.first(
                        """
                        select count(*) as letters, count(*) filter (where refund_id is not null) as refunds,
                            count(*) filter (where payment_id is not null and refund_id is null) as charges,
                            count(*) filter (where payment_id is null) as records
                        from dead_letter d where
                        """ + Filter.SQL,
                        row -> new Counts(
                                row.getInt("letters"),
                                row.getInt("charges"),
                                row.getInt("refunds"),
                                row.getInt("records")),
                        open.and(List.of())))
                .orElseThrow();
    }

    private List<Sum> sums(Filter open) {
        return database.search(tx -> tx.query(
                """
                select p.currency, count(*) as letters, sum(coalesce(r.amount, p.amount)) as amount
                from dead_letter d join payment p on p.id = d.payment_id left join refund r on r.id = d.refund_id
                where
                """ + Filter.SQL + "group by p.currency order by amount desc",
                row -> new Sum(requireNonNull(row.getString("currency")), row.getInt("letters"), row.getLong("amount")),
                open.and(List.of())));
    }

    private List<Cause> causes(Filter open) {
        return database.search(tx -> tx.query(
                "select d.cause, count(*) as letters from dead_letter d where " + Filter.SQL
                        + "group by d.cause order by letters desc, d.cause limit 20",
                row -> new Cause(requireNonNull(row.getString("cause")), row.getInt("letters")),
                open.and(List.of())));
    }

    private Asked ask(Filter open, int charges) {
        var deadline = System.nanoTime() + ASKING_LASTS_AT_MOST.toNanos();
        var paid = 0;
        var unpaid = 0;
        var unknown = 0;
        for (var answer : answers(breaker.closed() ? sample(open) : List.of(), deadline)) {
            switch (answer) {
                case Charge.Paid _ -> paid++;
                case Charge.Unpaid _, Charge.Declined _, Charge.ActionRequired _ -> unpaid++;
                case Charge.Unknown _, Charge.NotAttempted _ -> unknown++;
            }
        }
        var asked = paid + unpaid + unknown;
        return new Asked(asked, asked == charges, paid, unpaid, unknown);
    }

    private List<Payment> sample(Filter open) {
        return database.search(tx -> tx.query(
                """
                select p.* from dead_letter d join payment p on p.id = d.payment_id
                where d.refund_id is null and
                """ + Filter.SQL + "order by random() limit ?", PaymentRow::of, open.and(List.of(), ASKED_AT_MOST)));
    }

    /** A few at a time; those whose turn comes too late are not asked about. */
    private List<Charge> answers(List<Payment> payments, long deadline) {
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var asked = payments.stream()
                    .map(payment -> CompletableFuture.supplyAsync(
                            () -> System.nanoTime() < deadline
                                    ? Optional.of(provider.ask(payment.replayed()))
                                    : Optional.<Charge>empty(),
                            threads))
                    .toList();
            return asked.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
