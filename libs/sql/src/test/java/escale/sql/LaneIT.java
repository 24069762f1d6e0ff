package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LaneIT {

    @Test
    void under_concurrency_requests_share_transactions_and_a_bad_one_fails_alone() throws Exception {
        var sizes = new CopyOnWriteArrayList<Integer>();
        try (var pool = new Pool(2);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.execute("create table guest (name varchar(10) primary key)");
            try (var lane = new Lane<String, Boolean>("guests", 1_000, 100, batch -> {
                sizes.add(batch.size());
                return insert(pool.database, batch);
            })) {
                var answers = new ArrayList<Future<Boolean>>();
                for (var i = 0; i < 500; i++) {
                    var name = i % 100 == 99 ? "a name that is too long" : "guest " + i;
                    answers.add(callers.submit(() -> lane.submit(name)));
                }
                var refused = 0;
                for (var answer : answers) {
                    refused += succeeded(answer) ? 0 : 1;
                }
                assertThat(refused).isEqualTo(5);
                assertThat(pool.number("select count(*) from guest")).isEqualTo(495);
                assertThat(sizes).anyMatch(size -> size > 1);
            }
        }
    }

    private static List<Boolean> insert(Database database, List<String> names) {
        return database.transaction(tx -> {
            tx.update("insert into guest select * from unnest(?::text[])", (Object) names.toArray(String[]::new));
            return names.stream().map(_ -> true).toList();
        });
    }

    private static boolean succeeded(Future<Boolean> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            assertThat(refused).hasCauseInstanceOf(DatabaseFault.class);
            return false;
        }
    }
}
