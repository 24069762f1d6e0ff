package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseIT {
    private final Pool pool = new Pool(4);
    private final Database database = pool.database;

    @BeforeEach
    void tours() {
        pool.execute("""
                create table tour (
                    id int primary key,
                    seats int not null,
                    name text unique deferrable initially deferred);
                insert into tour values (1, 10, 'Louvre'), (2, 20, 'Orsay')""");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void two_that_wait_for_each_other_both_succeed() throws Exception {
        var tries = new AtomicInteger();
        var bothHoldOne = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var both :
                    threads.invokeAll(List.of(taking(1, 2, tries, bothHoldOne), taking(2, 1, tries, bothHoldOne)))) {
                both.get();
            }
        }
        assertThat(tries.get()).isEqualTo(3);
        assertThat(pool.number("select seats from tour where id = 1")).isEqualTo(8);
        assertThat(pool.number("select seats from tour where id = 2")).isEqualTo(18);
    }

    private Callable<Integer> taking(int first, int second, AtomicInteger tries, CyclicBarrier bothHoldOne) {
        return () -> database.transaction(tx -> {
            var take = "update tour set seats = seats - 1 where id = ?";
            tx.update(take, first);
            if (tries.incrementAndGet() <= 2) {
                meet(bothHoldOne);
            }
            return tx.update(take, second);
        });
    }

    @Test
    void a_serialization_failure_is_tried_again_a_few_times_and_then_a_fault() {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> database.transaction(tx -> {
                    tries.incrementAndGet();
                    throw new SQLException("could not serialize access", "40001");
                }))
                .isInstanceOf(DatabaseFault.class)
                .hasMessage("could not serialize access");
        assertThat(tries.get()).isEqualTo(6);
    }

    @Test
    void no_other_failure_is_tried_again() {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> database.transaction(tx -> {
                    tries.incrementAndGet();
                    return tx.update("insert into tour values (1, 1, 'twice')");
                }))
                .isInstanceOf(DatabaseFault.class);
        assertThat(tries.get()).isOne();
    }

    @Test
    void a_commit_that_the_database_turns_into_a_rollback_is_an_exception() {
        var told = new AtomicInteger();

        assertThatThrownBy(() -> database.transaction(tx -> {
                    tx.afterCommit(told::incrementAndGet);
                    try {
                        tx.update("insert into tour values (1, 1, 'twice')");
                    } catch (SQLException swallowed) {
                        // the worst thing that work can do
                    }
                    return "all is well";
                }))
                .isInstanceOf(DatabaseFault.class);
        assertThat(told.get()).isZero();
    }

    @Test
    void a_constraint_that_fails_at_the_commit_is_an_exception_about_the_data() {
        var fault = catchThrowableOfType(
                DatabaseFault.class,
                () -> database.transaction(tx -> tx.update("insert into tour values (3, 1, 'Louvre')")));

        assertThat(fault.refusesTheData()).isTrue();
        assertThat(pool.number("select count(*) from tour")).isEqualTo(2);
    }

    @Test
    void whatever_the_work_throws_undoes_it_and_comes_out_as_it_is() {
        for (var thrown : List.of(new IllegalStateException("sold out"), new StackOverflowError("too deep"))) {
            assertThatThrownBy(() -> database.transaction(tx -> {
                        tx.update("delete from tour");
                        switch (thrown) {
                            case RuntimeException e -> throw e;
                            case Error e -> throw e;
                            default -> throw new AssertionError(thrown);
                        }
                    }))
                    .isSameAs(thrown);
        }
        assertThat(pool.number("select count(*) from tour")).isEqualTo(2);
        assertThat(pool.busy()).isZero();
    }

    @Test
    void what_is_to_happen_after_the_commit_happens_in_order_when_all_can_see_it_and_the_connection_is_free() {
        var happened = new ArrayList<String>();

        database.transaction(tx -> {
            tx.afterCommit(() -> happened.add("seats " + pool.number("select seats from tour where id = 1")));
            tx.afterCommit(() -> happened.add("busy " + pool.busy()));
            tx.update("update tour set seats = 7 where id = 1");
            happened.add("work");
            return 1;
        });

        assertThat(happened).containsExactly("work", "seats 7", "busy 0");
    }

    @Test
    void after_a_second_try_only_what_the_second_try_asked_for_happens() {
        var happened = new CopyOnWriteArrayList<Integer>();
        var tries = new AtomicInteger();

        database.transaction(tx -> {
            var attempt = tries.incrementAndGet();
            tx.afterCommit(() -> happened.add(attempt));
            if (attempt == 1) {
                throw new SQLException("deadlock detected", "40P01");
            }
            return attempt;
        });

        assertThat(happened).containsExactly(2);
    }

    @Test
    void only_what_the_data_did_is_blamed_on_the_data() {
        assertThat(fault("insert into tour values (1, 1, 'twice'), (1, 1, 'twice')")
                        .refusesTheData())
                .as("a contradiction")
                .isTrue();
        assertThat(fault("insert into tour values (3, 99999999999, 'too many')").refusesTheData())
                .as("an overflow")
                .isTrue();
        assertThat(fault("insert into tour values (3, 1, ?)", "a \0 in it").refusesTheData())
                .as("a character that no text has")
                .isTrue();
        assertThat(fault("insert into tour select 3, 1, string_agg(md5(n::text), '') from generate_series(1, 900) n")
                        .refusesTheData())
                .as("too large for the index")
                .isTrue();
        assertThat(fault("""
                        insert into tour values (1, 1, 'a'), (1, 1, 'b')
                        on conflict (id) do update set seats = excluded.seats""").refusesTheData()).as("one row named twice").isTrue();

        assertThat(fault("select * from hotel").refusesTheData())
                .as("a missing table")
                .isFalse();
        assertThat(fault("select pg_terminate_backend(pg_backend_pid())").refusesTheData())
                .as("a lost connection")
                .isFalse();
        assertThat(new DatabaseFault(new SQLException("nobody knows")).refusesTheData())
                .as("a failure without a state")
                .isFalse();
    }

    private DatabaseFault fault(String sql, Object... parameters) {
        return catchThrowableOfType(DatabaseFault.class, () -> database.transaction(tx -> tx.update(sql, parameters)));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
