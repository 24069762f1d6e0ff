package escale.drill.world;

import escale.drill.wire.Addresses;
import escale.drill.wire.Cluster;
import escale.drill.wire.Groups;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything the invariants compare. What clients and the provider say is held in memory, what the databases say streams
 * past in the order of booking ids.
 */
public final class World {
    /** How late a machine may be to act on a time that has come. */
    private static final int SLACK_SECONDS = 60;

    private static final UUID NO_BOOKING = new UUID(0, 0);

    private final BookingRows bookings;
    private final PaymentRows payments;
    private final ClientLogs logs;
    private final List<Charge> charges;
    private final TopicDump topics;
    private final CallFile calls;
    private final List<Groups.Lag> lags;
    private final MailRows mails;
    private final MailSink sink;
    private final Instant now;

    private World(
            BookingRows bookings,
            PaymentRows payments,
            ClientLogs logs,
            List<Charge> charges,
            TopicDump topics,
            CallFile calls,
            List<Groups.Lag> lags,
            MailRows mails,
            MailSink sink,
            Instant now) {
        this.bookings = bookings;
        this.payments = payments;
        this.logs = logs;
        this.charges = charges;
        this.topics = topics;
        this.calls = calls;
        this.lags = lags;
        this.mails = mails;
        this.sink = sink;
        this.now = now;
    }

    /**
     * Reads what is held in memory; the rest is read when it is told.
     *
     * @param log one client log or a folder of them
     */
    public static World read(Addresses where, Path log, Instant now) {
        try (var groups = new Groups(where.kafka())) {
            return read(where, log, cluster(where), TopicDump.read(where.kafka()), groups.lags(), now);
        }
    }

    static World read(Addresses where, Path log, String cluster, TopicDump topics, List<Groups.Lag> lags, Instant now) {
        var mails = new MailRows(where.notifications());
        return new World(
                new BookingRows(where.bookings()),
                new PaymentRows(where.payments()),
                ClientLogs.read(log, cluster),
                LedgerFile.read(where.ledger()),
                topics,
                CallFile.read(where.ledger().resolveSibling("calls.jsonl"), topics),
                lags,
                mails,
                MailSink.read(where.mails(), mails.now()),
                now);
    }

    private static String cluster(Addresses where) {
        try {
            return Cluster.id(where.kafka());
        } catch (IOException e) {
            throw new Unreachable("Kafka cannot be asked", e);
        }
    }

    /** Tells everything about every booking that anybody knows of, one after the other. */
    public void tell(Consumer<Story> listener) {
        try (var bookingRows = bookings.bookings();
                var paymentRows = payments.payments();
                var mailRows = mails.mails()) {
            var asked = Sorted.of(
                    logs.asked().stream().filter(each -> each.booking() != null).toList(), World::bookingOf);
            var acts = Sorted.of(logs.acts(), Act::booking);
            var booked = new Sorted<>(bookingRows, Booking::id);
            var paid = new Sorted<>(paymentRows, Payment::booking);
            var charged = Sorted.of(charges, World::bookingOf);
            var told = new Sorted<>(mailRows, Mail::booking);
            var arrived = Sorted.of(sink.letters(), Letter::booking);
            var next = first(asked, booked, paid, charged, arrived);
            while (next != null) {
                var rows = booked.take(next);
                listener.accept(new Story(
                        next,
                        asked.take(next),
                        acts.upTo(next),
                        rows.isEmpty() ? null : rows.getFirst(),
                        paid.take(next),
                        charged.take(next),
                        told.upTo(next),
                        arrived.take(next)));
                next = first(asked, booked, paid, charged, arrived);
            }
        }
    }

    private static @Nullable UUID first(Sorted<?>... all) {
        @Nullable UUID first = null;
        for (var each : all) {
            first = Sorted.first(first, each.next());
        }
        return first;
    }

    private static UUID bookingOf(Asked asked) {
        return asked.booking() == null ? NO_BOOKING : asked.booking();
    }

    private static UUID bookingOf(Charge charge) {
        return charge.booking() == null ? NO_BOOKING : charge.booking();
    }

    /** A time that was over by then should have been acted upon. */
    public Instant latest() {
        return now.minusSeconds(SLACK_SECONDS);
    }

    public List<Asked> asked() {
        return logs.asked();
    }

    public ClientLogs logs() {
        return logs;
    }

    public List<Departure> departures() {
        return bookings.departures();
    }

    public List<DeadLetter> cases() {
        return payments.cases();
    }

    public TopicDump topics() {
        return topics;
    }

    /** Who called the provider. */
    public CallFile calls() {
        return calls;
    }

    /** How far every group of consumers is behind. */
    public List<Groups.Lag> lags() {
        return lags;
    }

    /** What arrived by mail. */
    public MailSink sink() {
        return sink;
    }

    /** Events that are decided and not yet told. */
    public long untold() {
        return bookings.untold() + payments.untold();
    }
}
