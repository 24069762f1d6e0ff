package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import escale.testkit.Postgres;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterIT {
    private static final String REST = "com.zaxxer.hikari.aliveBypassWindowMs";
    private static final String ADD = "insert into tour values (?, ?)";
    private static final String NAMES = "select name from tour order by id";

    private RoundTrips trips;
    private HikariDataSource dataSource;
    private Database database;

    @BeforeAll
    void connect() throws Exception {
        var fresh = Postgres.freshDatabase("later");
        var address = URI.create(fresh.jdbcUrl().substring("jdbc:".length()));
        trips = new RoundTrips(address.getPort());
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + trips.port() + address.getPath());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(1);
        config.addDataSourceProperty("prepareThreshold", "3");
        // Otherwise a connection that has rested for half a second is first asked whether it lives: a trip of its own.
        config.setKeepaliveTime(0);
        System.setProperty(REST, Long.toString(Duration.ofHours(1).toMillis()));
        dataSource = new HikariDataSource(config);
        System.clearProperty(REST);
        database = Database.of(dataSource);
        database.statement(tx ->
                tx.update("create table tour (id int primary key, name text unique deferrable initially deferred)"));
    }

    @AfterAll
    void close() {
        dataSource.close();
        trips.close();
    }

    @BeforeEach
    void noTours() {
        database.statement(tx -> tx.update("delete from tour"));
    }

    @Test
    void what_waits_leaves_together_with_what_is_asked_for_and_in_that_order() {
        var names = database.transaction(tx -> {
            var added = tx.updateLater(ADD, 1, "Louvre");
            var seen = tx.queryLater(NAMES, row -> row.getString(1));
            tx.updateLater(ADD, 2, "Orsay");
            var before = trips.count();
            assertThat(tx.query(NAMES, row -> row.getString(1))).containsExactly("Louvre", "Orsay");
            assertThat(seen.get()).containsExactly("Louvre");
            assertThat(added.get()).isEqualTo(1);
            assertThat(trips.count() - before).isEqualTo(1);
            return seen.get();
        });

        assertThat(names).containsExactly("Louvre");
    }

    @Test
    void a_transaction_takes_as_many_round_trips_as_it_asks_questions_and_one_for_all_that_is_left_and_the_commit() {
        for (var run = 1; run <= 10; run++) { // the driver prepares statements on the server after the third time
            var id = run;
            var before = trips.count();

            database.transaction(tx -> {
                var none = tx.queryLater(NAMES, row -> row.getString(1));
                assertThat(tx.query("select 'a', 1 where ? > 0", row -> row.getString(1), id))
                        .hasSize(1);
                tx.updateLater(ADD, id, "tour " + id);
                tx.queryLater(NAMES, row -> row.getString(1));
                return none.get();
            });

            assertThat(trips.count() - before).as("run %d", run).isEqualTo(2);
            assertThat(names()).hasSize(run);
        }
    }

    @Test
    void a_statement_that_is_a_transaction_takes_one() {
        names();
        var before = trips.count();

        database.statement(tx -> tx.update(ADD, 1, "Louvre"));

        assertThat(trips.count() - before).isEqualTo(1);
        assertThat(names()).containsExactly("Louvre");
    }

    @Test
    void a_search_is_planned_anew_in_the_same_round_trip_and_what_comes_after_it_is_not() {
        names();
        var before = trips.count();

        assertThat(database.search(LaterIT::planning)).containsExactly("force_custom_plan");

        assertThat(trips.count() - before).isEqualTo(1);
        assertThat(database.read(LaterIT::planning)).containsExactly("auto");
    }

    @Test
    void an_answer_can_be_read_after_the_commit_that_took_the_statement_along() {
        var told = new AtomicReference<List<Integer>>();

        database.transaction(tx -> {
            var ids = tx.queryLater("insert into tour values (7, 'Louvre') returning id", row -> row.getInt(1));
            tx.afterCommit(() -> told.set(ids.committed()));
            return true;
        });

        assertThat(told.get()).containsExactly(7);
    }

    @Test
    void one_that_fails_undoes_those_before_it_and_keeps_those_behind_it_and_the_commit_from_happening() {
        assertThatThrownBy(() -> database.transaction(tx -> {
                    tx.updateLater(ADD, 1, "Louvre");
                    tx.updateLater(ADD, 1, "twice");
                    tx.updateLater(ADD, 2, "Orsay");
                    return true;
                }))
                .isInstanceOfSatisfying(
                        DatabaseFault.class,
                        fault -> assertThat(fault.refusesTheData()).isTrue());
        assertThat(names()).isEmpty();
    }

    @Test
    void a_constraint_that_fails_at_such_a_commit_undoes_everything() {
        assertThatThrownBy(() -> database.transaction(tx -> {
                    tx.updateLater(ADD, 1, "Louvre");
                    tx.updateLater(ADD, 2, "Louvre");
                    return true;
                }))
                .isInstanceOf(DatabaseFault.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void work_that_throws_sends_nothing_of_what_waits() {
        assertThatThrownBy(() -> database.transaction(tx -> {
                    tx.updateLater(ADD, 1, "Louvre");
                    throw new IllegalStateException("sold out");
                }))
                .hasMessage("sold out");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_statement_that_nobody_asked_about_outside_of_a_transaction_is_a_mistake_that_is_told() {
        assertThatThrownBy(() -> database.statement(tx -> tx.updateLater(ADD, 1, "Louvre")))
                .hasMessageContaining("Nobody asked for the answer");
        assertThat(names()).isEmpty();
    }

    private List<String> names() {
        return database.read(tx -> tx.query(NAMES, row -> row.getString(1)));
    }

    private static List<String> planning(Transaction tx) throws SQLException {
        return tx.query("select current_setting('plan_cache_mode')", row -> row.getString(1));
    }
}
