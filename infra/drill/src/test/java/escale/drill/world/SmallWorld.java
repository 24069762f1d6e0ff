package escale.drill.world;

import escale.drill.wire.Addresses;
import escale.drill.wire.Groups;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * A small world in which everything holds, on the real tables of booking and payment, so that one thing in it can be made
 * wrong at a time.
 */
public final class SmallWorld {
    public static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");

    public final UUID departure = UUID.randomUUID();
    /** Two travellers, 9,000, paid. */
    public final UUID confirmed = UUID.randomUUID();

    public final UUID declined = UUID.randomUUID();
    /** Tried six times, and known to be unpaid. */
    public final UUID exhausted = UUID.randomUUID();
    /** Tried six times, and nobody knows. */
    public final UUID unproven = UUID.randomUUID();

    public final UUID reserved = UUID.randomUUID();
    public final UUID expired = UUID.randomUUID();
    /** Paid, cancelled, and paid back. */
    public final UUID refunded = UUID.randomUUID();

    public final SmallTopics topics = new SmallTopics();

    private final Path folder;
    private URI mails = SmallSink.door();
    private final List<Groups.Lag> lags = new ArrayList<>();

    public SmallWorld(Path folder) throws IOException, SQLException {
        this.folder = folder;
        Tables.all().forEach(Tables::empty);
        SmallSink.empty(Instant.EPOCH);
        SmallSink.takeAboutOutage();
        booking("insert into departure values ('%s', '%s', 1, 'Montmartre', now(), 'Europe/Paris', 'EUR', 4500, 20, 10)"
                .formatted(departure, UUID.randomUUID()));
        Files.createDirectories(folder.resolve("logs"));
        log("{\"world\":\"here\"}");
        ledger("{\"seq\":1,\"type\":\"payment_intent.created\",\"answer\":{\"type\":\"charge.succeeded\"}}");

        add(confirmed, 1, "PAID", null, "PENDING_PAYMENT", "CONFIRMED");
        charge(confirmed, paymentOf(confirmed), 9_000);
        add(declined, 1, "DECLINED", "2099-01-01", "PENDING_PAYMENT", "PAYMENT_FAILED");
        add(exhausted, 6, "FAILED", "2099-01-01", "PENDING_PAYMENT", "PAYMENT_FAILED");
        deadLetter(exhausted);
        add(unproven, 6, "UNPROVEN", null, "PENDING_PAYMENT", "PENDING_PAYMENT");
        booking("update booking set requires_manual_intervention = true where id = '%s'".formatted(unproven));
        mail(unproven, "NEEDS_ATTENTION");
        deadLetter(unproven);
        add(reserved, 0, "", "2099-01-01", "RESERVED_PENDING_PAYMENT");
        add(expired, 1, "CANCELLED", null, "PENDING_PAYMENT", "ACTION_REQUIRED", "EXPIRED");
        add(refunded, 1, "PAID", null, "PENDING_PAYMENT", "CONFIRMED", "CANCELLED");
        charge(refunded, paymentOf(refunded), 9_000);
        behind("payment-workers", "payments", 0);
        topics.paymentTold(confirmed, "payment.succeeded", NOW);
        called(confirmed, paymentOf(confirmed), NOW.minusSeconds(1));
        mail(UUID.randomUUID(), UUID.randomUUID(), "CONFIRMED", "WAITING"); // as another service may ask for
        ledger(
                "{\"seq\":9,\"type\":\"refund.succeeded\",\"paymentIntent\":\"pi_%s\",\"amount\":9000,\"currency\":\"eur\"}"
                        .formatted(paymentOf(refunded)));
        refund(refunded, "REFUNDED");
        asked(confirmed, 2, 202, true);
        asked(confirmed, 3, 422, false);
    }

    /** A payment is named after its booking, to be found again. */
    public static UUID paymentOf(UUID booking) {
        return UUID.nameUUIDFromBytes(booking.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the checker sees of it. */
    public World read() {
        return World.read(addresses(), folder.resolve("logs"), "here", topics.dump(), lags, NOW);
    }

    /** A booking that has become one thing after the other. */
    void add(UUID id, int attempts, String paymentState, String expiresAt, String... statuses)
            throws IOException, SQLException {
        var status = statuses[statuses.length - 1];
        booking("""
                insert into booking (id, user_id, departure_id, people, amount, currency, status, payment_method,
                    charge_no, expires_at, idempotency_key, request_hash, traceparent, version, created_at, updated_at)
                values ('%1$s', 'marie', '%2$s', 2, 9000, 'EUR', '%3$s', 'CARD', 1, %4$s, 'key-%1$s', '\\x', '', %5$d, now(),
                    now())
                """.formatted(
                        id, departure, status, expiresAt == null ? "null" : "'" + expiresAt + "'", statuses.length));
        for (var version = 1; version <= statuses.length; version++) {
            topics.told("booking.events", id, version, statuses[version - 1]);
        }
        asked(id, 2, 202, false);
        mail(id, status.equals("RESERVED_PENDING_PAYMENT") ? "RESERVED" : status);
        if (attempts > 0) {
            payment("""
                    insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state,
                        attempt, version)
                    values ('%s', '%s', 1, 'CHARGE', 9000, 'EUR', 'pm_card_visa', 'marie', '%s', %d, 1)
                    """.formatted(paymentOf(id), id, paymentState, attempts));
            topics.told("payment.events", id, 1);
        }
        for (var attempt = 1; attempt <= attempts; attempt++) {
            attempt(id, attempt);
        }
    }

    public UUID refund(UUID booking, String state) throws SQLException {
        var id = UUID.randomUUID();
        payment("""
                insert into refund (id, payment_id, amount, reason, state) values ('%s', '%s', 9000, 'cancelled', '%s')
                """.formatted(id, paymentOf(booking), state));
        return id;
    }

    /** The provider refuses to give it back, and a person is told. */
    public void refusedRefund(UUID booking) throws SQLException {
        payment("""
                insert into dead_letter (id, payment_id, refund_id, booking_id, charge_no, cycle, original_topic,
                    original_partition, original_offset, type, cause, attempts, last_failure_at, headers)
                values ('%s', '%s', '%s', '%s', 1, 1, 'refunds', 0, 0, 'payment.refund', 'x', 1, now(), '')
                """.formatted(UUID.randomUUID(), paymentOf(booking), refund(booking, "REFUSED"), booking));
    }

    public void attempt(UUID booking, int attempt) throws SQLException {
        payment("insert into attempt values ('%s', 1, %d, %d, 'unknown', null, null, 'payment-1', 'payments', 0, 0)"
                .formatted(paymentOf(booking), attempt, attempt));
    }

    private void deadLetter(UUID booking) throws SQLException {
        payment("""
                insert into dead_letter (id, payment_id, booking_id, charge_no, cycle, original_topic,
                    original_partition, original_offset, type, cause, attempts, last_failure_at, headers)
                values ('%s', '%s', '%s', 1, 1, 'payments.retry.16s', 0, 1, 'payment.retry', 'provider-500', 6, now(), '')
                """.formatted(UUID.randomUUID(), paymentOf(booking), booking));
        topics.deadLetter(booking.toString());
    }

    /** As the client that was answered so writes it down. */
    public void asked(UUID booking, int people, int http, boolean replayed) throws IOException {
        log("""
                {"key":"key-%1$s","user":"marie","departure":"%2$s","people":%3$d,"method":"pm_card_visa","http":%4$d%5$s}
                """.formatted(
                booking,
                departure,
                people,
                http,
                http == 202 ? ",\"booking\":\"%s\",\"replayed\":%s".formatted(booking, replayed) : "").strip());
    }

    public void log(String line) throws IOException {
        append(folder.resolve("logs/client.jsonl"), line);
    }

    /** The provider takes money. */
    public void charge(UUID booking, UUID payment, long amount) throws IOException {
        ledger("""
                {"seq":2,"type":"charge.succeeded","paymentIntent":"pi_%2$s","amount":%3$d,"currency":"eur",\
                "metadata":{"paymentId":"%2$s","bookingId":"%1$s"},"change":{"amount":1}}\
                """.formatted(booking, payment, amount));
    }

    public void ledger(String line) throws IOException {
        append(folder.resolve("ledger"), line);
    }

    /** The provider is called for a charge. */
    public void called(UUID booking, UUID payment, Instant at) throws IOException {
        append(folder.resolve("calls.jsonl"), """
                {"time":"%s","call":"create","path":"/v1/payment_intents","idempotencyKey":"k","paymentId":"%s",\
                "bookingId":"%s","status":200,"replayed":false}\
                """.formatted(at, payment, booking));
    }

    public void forgetLedger() throws IOException {
        Files.writeString(folder.resolve("ledger"), "");
    }

    /** For whoever needs a transaction. */
    public Connection connectToBooking() throws SQLException {
        return Tables.BOOKING.connect();
    }

    public Connection connectToPayment() throws SQLException {
        return Tables.PAYMENT.connect();
    }

    public void booking(String sql) {
        Tables.BOOKING.run(sql);
    }

    public void payment(String sql) {
        Tables.PAYMENT.run(sql);
    }

    private Addresses addresses() {
        var nowhere = URI.create("http://127.0.0.1:1");
        return new Addresses(
                List.of(nowhere),
                nowhere,
                "127.0.0.1:1",
                nowhere,
                Tables.BOOKING.address(),
                Tables.PAYMENT.address(),
                Tables.NOTIFICATION.address(),
                mails,
                folder.resolve("ledger"),
                folder,
                folder);
    }

    public void notification(String sql) {
        Tables.NOTIFICATION.run(sql);
    }

    /** A group has not read everything. */
    public void behind(String group, String topic, long records) {
        lags.add(new Groups.Lag(group, new TopicPartition(topic, 0), records));
    }

    /** Sent, and arrived. */
    public void mail(UUID booking, String kind) {
        mail(mailOf(booking, kind), booking, kind, "SENT");
        SmallSink.take(mailOf(booking, kind), booking, kind);
    }

    private void mail(UUID id, UUID booking, String kind, String state) {
        notification("""
                insert into mail (id, booking_id, kind, charge_no, user_id, tour_title, starts_at, timezone, people, amount,
                    currency, state, sent_at)
                values ('%s', '%s', '%s', 1, 'marie', 'Montmartre', now(), 'Europe/Paris', 2, 9000, 'EUR', '%s', now())
                """.formatted(id, booking, kind, state));
    }

    /** A mail is named after its occasion, to be found again. */
    public static UUID mailOf(UUID booking, String kind) {
        return UUID.nameUUIDFromBytes((booking + kind).getBytes(StandardCharsets.UTF_8));
    }

    public void arrives(UUID mail, UUID booking, String kind) {
        SmallSink.take(mail, booking, kind);
    }

    public void neverArrived(UUID mail) {
        SmallSink.lose(mail);
    }

    public void sinkIsEmptied() {
        SmallSink.empty(Instant.now());
    }

    /** As where mails are sent on to people. */
    public void thereIsNoSink() {
        mails = URI.create("http://127.0.0.1:1");
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
