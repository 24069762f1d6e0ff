package escale.notification.sql;

import escale.notification.Traveller;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Whom mails go to, as the topic users last said. */
@Singleton
public final class Travellers {
    private final Database database;

    public Travellers(Database database) {
        this.database = database;
    }

    /** Mails that waited to know them are due at once. */
    public void remember(String userId, long version, Traveller traveller) {
        database.transaction(tx -> {
            var news = tx.update("""
                    insert into traveller as known (user_id, version, email, name, language)
                    values (?, ?, ?, ?, ?)
                    on conflict (user_id) do update
                    set version = excluded.version, email = excluded.email, name = excluded.name,
                        language = excluded.language, updated_at = clock_timestamp()
                    where known.version < excluded.version
                    """, userId, version, traveller.email(), traveller.name(), traveller.language());
            return news + bringBack(tx, userId);
        });
    }

    /** The row stays, without a word about the person: an older record that is read again must not bring them back. */
    public void erase(String userId) {
        database.transaction(tx -> {
            var news = tx.update("""
                    insert into traveller as known (user_id, version) values (?, 0)
                    on conflict (user_id) do update
                    set email = null, name = null, language = null, updated_at = clock_timestamp()
                    """, userId);
            return news + bringBack(tx, userId);
        });
    }

    private static int bringBack(Transaction tx, String userId) throws SQLException {
        return tx.update("""
                update mail set due_at = clock_timestamp()
                where user_id = ? and state = 'WAITING' and waits_for = 'traveller'
                """, userId);
    }
}
