package escale.drill.world;

import escale.drill.wire.Addresses.DatabaseAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The database of payment, as somebody reads it who only knows its tables. */
final class PaymentRows {
    private final DatabaseAddress database;

    PaymentRows(DatabaseAddress database) {
        this.database = database;
    }

    Rows<Payment> payments() {
        return Rows.of(database, """
                select p.id, p.booking_id, p.charge_no, p.amount, p.currency, p.state, p.cycle, p.version,
                    coalesce(a.most, 0) as attempts, coalesce(d.cases, 0) as cases,
                    coalesce(r.refunded, 0) as refunded, coalesce(r.refunding, 0) as refunding,
                    coalesce(r.refused, 0) as refused,
                    case when p.state = 'PAID' and p.outside_evidence is not null then p.amount else 0 end
                        - coalesce(r.outside, 0) as outside
                from payment p
                left join (select payment_id, max(calls) as most
                        from (select payment_id, cycle, count(distinct attempt) as calls
                            from attempt group by payment_id, cycle) as per_cycle
                        group by payment_id) as a on a.payment_id = p.id
                left join (select payment_id, count(*) as cases
                        from dead_letter where refund_id is null group by payment_id) as d on d.payment_id = p.id
                left join (select f.payment_id,
                            sum(amount) filter (where f.state = 'REFUNDED') as refunded,
                            sum(amount) filter (where f.outside_evidence is not null) as outside,
                            sum(amount) filter (where f.state = 'WAITING' or f.state = 'REFUSED' and l.id is null)
                                as refunding,
                            sum(amount) filter (where f.state = 'REFUSED' and l.id is not null) as refused
                        from refund f left join dead_letter l on l.refund_id = f.id
                        group by f.payment_id) as r on r.payment_id = p.id
                order by p.booking_id, p.charge_no
                """, PaymentRows::payment);
    }

    /** Payments a machine still has to move: what waits for its end as a case does not. */
    long moving() {
        return Rows.number(database, """
                select (select count(*) from refund where state = 'WAITING')
                    + (select count(*) from payment p
                        where p.state in ('WAITING', 'ATTEMPTING')
                           or (p.state in ('FAILED', 'UNPROVEN') and not exists
                                (select from dead_letter d where d.payment_id = p.id and d.cycle = p.cycle)))
                """);
    }

    long untold() {
        return Rows.number(database, "select count(*) from outbox");
    }

    /** Where each dead letter comes from, as its case says. */
    List<DeadLetter> cases() {
        return Rows.all(database, """
                select id, original_topic, original_partition, original_offset, booking_id
                from dead_letter
                """, PaymentRows::deadLetter);
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("original_topic"),
                row.getInt("original_partition"),
                row.getLong("original_offset"),
                row.getObject("booking_id", UUID.class));
    }

    private static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("booking_id", UUID.class),
                row.getInt("charge_no"),
                row.getLong("amount"),
                row.getString("currency").intern(),
                Payment.State.valueOf(row.getString("state")),
                row.getInt("cycle"),
                row.getInt("attempts"),
                row.getInt("version"),
                row.getInt("cases"),
                row.getLong("refunded"),
                row.getLong("refunding"),
                row.getLong("refused"),
                row.getLong("outside"));
    }
}
