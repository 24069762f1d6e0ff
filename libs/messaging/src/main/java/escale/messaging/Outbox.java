package escale.messaging;

import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a decision leaves what it has to tell, in its own transaction; the relay takes it from there. */
@Singleton
public final class Outbox {
    private final Relay relay;

    Outbox(Relay relay) {
        this.relay = relay;
    }

    /** One statement, however many events. They leave once the transaction has committed. */
    public void add(Transaction tx, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        var size = events.size();
        var columns = new String[4][size];
        var payloads = new byte @Nullable [size][];
        for (var i = 0; i < size; i++) {
            var event = events.get(i);
            columns[0][i] = event.topic();
            columns[1][i] = event.key();
            columns[2][i] = event.type();
            columns[3][i] = headerLines(event);
            payloads[i] = event.payload();
        }
        var rows = tx.queryLater("""
                insert into outbox (topic, key, type, headers, payload)
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                returning id
                """, row -> row.getLong(1), columns[0], columns[1], columns[2], columns[3], payloads);
        tx.afterCommit(() -> relay.wake(Collections.min(rows.committed())));
    }

    private static String headerLines(Event event) {
        var headers = new LinkedHashMap<>(event.headers());
        headers.put(Envelope.TRACEPARENT, event.trace().traceparent());
        headers.put(Envelope.REQUEST_ID, event.trace().requestId());
        headers.keySet().removeIf(Envelope::isOfTheSeal);
        headers.values().removeIf(String::isEmpty);
        return Envelope.toLines(headers);
    }
}
