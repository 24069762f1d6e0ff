package escale.booking;

import escale.booking.PaymentNews.AttemptFailed;
import escale.booking.PaymentNews.Refunded;
import escale.booking.PaymentNews.Succeeded;
import escale.booking.change.SettleChanges;
import escale.booking.sql.Moves;
import escale.booking.sql.Timelines;
import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.runtime.Failpoint;
import escale.sql.Database;
import escale.sql.Lane;
import escale.sql.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Turns what payment tells into what bookings are, many at a time: status, timeline and events in one transaction. News
 * that is old, or heard twice, finds its booking elsewhere and moves nothing; money that does so is looked into.
 */
@Singleton
public final class SettleBookings implements AutoCloseable {
    private final Database database;
    private final Moves moves;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final SettleChanges changes;
    private final SettleRefunds refunds;
    private final SettleLateMoney lateMoney;
    private final Clock clock;
    private final Lane<PaymentNews, Boolean> lane;

    SettleBookings(
            Database database,
            Moves moves,
            Timelines timelines,
            Outbox outbox,
            Telling telling,
            SettleChanges changes,
            SettleRefunds refunds,
            SettleLateMoney lateMoney,
            Clock clock) {
        this.database = database;
        this.moves = moves;
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
        this.changes = changes;
        this.refunds = refunds;
        this.lateMoney = lateMoney;
        this.clock = clock;
        this.lane = new Lane<>("settlements", 4_096, 256, this::settleAll);
    }

    /** False when there is money of a booking that nobody knows: that is for people to look at. */
    public boolean settle(PaymentNews news) {
        return lane.submit(news);
    }

    @Override
    @PreDestroy
    public void close() {
        lane.close();
    }

    private List<Boolean> settleAll(List<PaymentNews> batch) {
        var unknown = new HashSet<UUID>();
        for (var round : rounds(batch)) {
            var unplaced = database.transaction(tx -> settle(tx, round));
            if (!unplaced.isEmpty()) {
                unknown.addAll(place(unplaced));
            }
        }
        return batch.stream()
                .map(news -> !unknown.contains(news.about().bookingId()))
                .toList();
    }

    /** In their order, and in each round only one piece of news about the same booking. */
    private static List<List<PaymentNews>> rounds(List<PaymentNews> batch) {
        var rounds = new ArrayList<List<PaymentNews>>(1);
        var round = new ArrayList<PaymentNews>(batch.size());
        var bookings = new HashSet<UUID>();
        for (var news : batch) {
            if (!bookings.add(news.about().bookingId())) {
                rounds.add(round);
                round = new ArrayList<>();
                bookings.clear();
                bookings.add(news.about().bookingId());
            }
            round.add(news);
        }
        rounds.add(round);
        return rounds;
    }

    /** What is left: news that no booking waited for, and that may mean more than a line. */
    private List<PaymentNews> settle(Transaction tx, List<PaymentNews> round) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var moved = moves.apply(
                tx,
                round.stream()
                        .map(news -> Verdict.of(news, now))
                        .filter(Objects::nonNull)
                        .toList(),
                now);
        var heard = new ArrayList<Heard>(round.size());
        var events = new ArrayList<Event>(round.size());
        var unplaced = new ArrayList<PaymentNews>(0);
        for (var news : round) {
            var move = moved.get(news.about().bookingId());
            if (move != null) {
                var told = telling.told(news, move.booking());
                heard.add(Heard.of(news, told));
                events.add(telling.event(told, news.about().trace()));
            } else if (mayMeanMore(news)) {
                unplaced.add(news);
            } else {
                heard.add(Heard.of(news));
            }
        }
        countAttempts(tx, round);
        if (!heard.isEmpty()) {
            timelines.add(tx, heard);
        }
        outbox.add(tx, events);
        Failpoint.BEFORE_SETTLE_COMMIT.pass();
        return unplaced;
    }

    /** Money always does; what else is told of a charge only if that may be a supplement. */
    private static boolean mayMeanMore(PaymentNews news) {
        return switch (news) {
            case Succeeded _, Refunded _ -> true;
            case PaymentNews.Declined _,
                    PaymentNews.ActionRequired _,
                    PaymentNews.ExhaustedUnpaid _,
                    PaymentNews.ExhaustedUnknown _,
                    PaymentNews.TakenBack _ -> news.about().chargeNo() > 1;
            case AttemptFailed _, PaymentNews.RefundFailed _ -> false;
        };
    }

    /** The bookings with money that nobody knows. Its line is written with what becomes of each piece of news. */
    private Set<UUID> place(List<PaymentNews> unplaced) {
        var back = new ArrayList<Refunded>();
        var supplements = new ArrayList<PaymentNews>();
        var late = new ArrayList<Succeeded>();
        for (var news : unplaced) {
            if (news instanceof Refunded refunded) {
                back.add(refunded);
            } else if (news instanceof Succeeded money && money.about().chargeNo() == 1) {
                late.add(money); // the first charge is never a supplement
            } else {
                supplements.add(news);
            }
        }
        if (!back.isEmpty()) {
            refunds.settle(back);
        }
        if (!supplements.isEmpty()) {
            late.addAll(changes.settle(supplements));
        }
        return late.isEmpty() ? Set.of() : lateMoney.settle(late);
    }

    private void countAttempts(Transaction tx, List<PaymentNews> round) {
        var failed = round.stream()
                .filter(AttemptFailed.class::isInstance)
                .map(PaymentNews::about)
                .toList();
        moves.countAttempts(
                tx,
                failed.stream().map(PaymentNews.About::bookingId).toList(),
                failed.stream().mapToInt(PaymentNews.About::chargeNo).toArray(),
                failed.stream().mapToInt(PaymentNews.About::attempt).toArray());
    }
}
