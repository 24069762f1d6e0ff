package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import escale.testkit.Patience;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final Semaphore permits = new Semaphore(0);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Lane<Integer, String> lane = new Lane<>("test", 100, 10, this::work);

    /** Stands in the database until it gets a permit. */
    private List<String> work(List<Integer> batch) {
        batches.add(List.copyOf(batch));
        permits.acquireUninterruptibly();
        if (batch.contains(-1)) {
            throw new DatabaseFault(new SQLException("value too long", "22001"));
        }
        if (batch.contains(-2)) {
            throw new DatabaseFault(new SQLException("connection refused", "08001"));
        }
        if (batch.contains(-3)) {
            throw new StackOverflowError("too deep");
        }
        return batch.stream().map(item -> "answer " + item).toList();
    }

    @AfterEach
    void close() {
        permits.release(1_000_000);
        lane.close();
        callers.close();
    }

    @Test
    void a_lone_item_leaves_at_once_as_a_batch_of_one() throws Exception {
        var answer = submit(1);

        await().until(() -> batches.equals(List.of(List.of(1))));
        permits.release();

        assertThat(answer.get()).isEqualTo("answer 1");
    }

    @Test
    void what_arrives_while_a_batch_is_in_the_database_leaves_together_in_order_and_up_to_the_largest_batch()
            throws Exception {
        var answers = new ArrayList<>(List.of(submit(0)));
        await().until(() -> batches.size() == 1);
        for (var item = 1; item <= 25; item++) {
            answers.add(queued(item));
        }

        permits.release(1_000);

        for (var item = 0; item <= 25; item++) {
            assertThat(answers.get(item).get()).isEqualTo("answer " + item);
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 10, 10, 5);
        assertThat(batches.stream().flatMap(List::stream)).isSorted();
    }

    @Test
    void data_that_is_refused_fails_alone() throws Exception {
        var first = submit(0);
        await().until(() -> batches.size() == 1);
        var good = Stream.of(1, 2, 3, 4, 5).map(this::queued).toList();
        var bad = queued(-1);
        var after = queued(6);

        permits.release(1_000);

        assertThat(first.get()).isEqualTo("answer 0");
        assertThat(good.stream().map(LaneTest::value))
                .containsExactly("answer 1", "answer 2", "answer 3", "answer 4", "answer 5");
        assertThat(after.get()).isEqualTo("answer 6");
        assertThatThrownBy(bad::get).hasCauseInstanceOf(DatabaseFault.class);
    }

    @Test
    void a_database_that_is_away_fails_its_batch_at_once_and_not_the_next() throws Exception {
        var first = submit(0);
        await().until(() -> batches.size() == 1);
        var together = List.of(queued(1), queued(-2));

        permits.release(1_000);

        first.get();
        together.forEach(caller -> assertThatThrownBy(caller::get).hasCauseInstanceOf(DatabaseFault.class));
        assertThat(batches).hasSize(2);
        assertThat(submit(3).get()).isEqualTo("answer 3");
    }

    @Test
    void an_error_in_the_work_is_answered_and_the_lane_goes_on() throws Exception {
        permits.release(1_000);

        assertThatThrownBy(submit(-3)::get).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(submit(4).get()).isEqualTo("answer 4");
    }

    @Test
    void too_few_answers_are_an_exception_for_those_without_one() {
        try (var forgetful = new Lane<Integer, String>("forgetful", 10, 10, batch -> List.of())) {
            assertThatThrownBy(() -> forgetful.submit(1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void a_full_lane_refuses_at_once() throws Exception {
        var answers = new ArrayList<>(List.of(submit(0)));
        await().until(() -> batches.size() == 1);
        IntStream.rangeClosed(1, 100).forEach(item -> answers.add(queued(item)));

        assertThatThrownBy(() -> lane.submit(101)).isInstanceOf(Lane.Full.class).hasMessageContaining("test");

        permits.release(1_000);
        for (var answer : answers) {
            answer.get();
        }
    }

    @Test
    void a_lane_that_closes_finishes_what_is_queued_and_takes_no_more() throws Exception {
        var answers = new ArrayList<>(List.of(submit(0)));
        await().until(() -> batches.size() == 1);
        IntStream.rangeClosed(1, 25).forEach(item -> answers.add(queued(item)));

        var closing = callers.submit(lane::close);
        await().until(() -> refuses(lane));
        permits.release(1_000);

        closing.get();
        assertThat(batches.stream().flatMap(List::stream))
                .containsAll(IntStream.rangeClosed(0, 25).boxed().toList());
        for (var answer : answers) {
            assertThat(answer.get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .startsWith("answer"); // forgotten, it would wait for ever
        }
    }

    @Test
    void every_caller_is_answered_however_close_the_lane_is_to_its_end() throws Exception {
        var seed = System.nanoTime();
        System.out.println("every_caller_is_answered… seed " + seed);
        var random = new Random(seed);
        // Platform threads: they lose their processor anywhere, also between looking at the lane and queueing.
        try (var crowd = Executors.newFixedThreadPool(8)) {
            for (var round = 0; round < 1_000; round++) {
                var closing = new Lane<Integer, Integer>("closing", 8, 3, batch -> batch);
                var underWay = new CountDownLatch(8);
                var callers = IntStream.range(0, 8)
                        .mapToObj(_ -> crowd.submit(() -> submitUntilRefused(closing, underWay)))
                        .toList();
                underWay.await();
                IntStream.range(0, random.nextInt(2_000)).forEach(_ -> Thread.onSpinWait());
                closing.close();
                for (var caller : callers) {
                    caller.get(
                            Patience.LONGEST.toSeconds(),
                            TimeUnit.SECONDS); // one without an answer would wait for ever
                }
            }
        }
    }

    private static void submitUntilRefused(Lane<Integer, Integer> lane, CountDownLatch underWay) {
        try {
            for (var i = 0; ; i++) {
                assertThat(lane.submit(i)).isEqualTo(i);
                underWay.countDown();
            }
        } catch (Lane.Full closed) {
            // as it should be: eight callers never fill it
        }
    }

    @Test
    void what_shares_a_key_shares_a_lane() throws Exception {
        var threads = new CopyOnWriteArrayList<String>();
        try (var lanes = new Lanes<Integer, Integer>("keyed", 4, 100, 10, batch -> {
            threads.add(Thread.currentThread().getName());
            return batch;
        })) {
            for (var i = 0; i < 20; i++) {
                assertThat(lanes.submit("departure-1", i)).isEqualTo(i);
            }
            assertThat(threads).hasSize(20).containsOnly(threads.getFirst());
            for (var i = 0; i < 100; i++) {
                lanes.submit("departure-" + i, i);
            }
            assertThat(threads.stream().distinct()).hasSize(4);
        }
    }

    private Future<String> submit(int item) {
        return callers.submit(() -> lane.submit(item));
    }

    /** Returns when the item stands in the queue, behind those before it. */
    private Future<String> queued(int item) {
        var before = lane.waiting();
        var answer = submit(item);
        await().pollInSameThread()
                .pollDelay(0, TimeUnit.MILLISECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> lane.waiting() == before + 1);
        return answer;
    }

    /** Only of use where the queue has room and nobody minds a further item. */
    private boolean refuses(Lane<Integer, String> lane) {
        var before = lane.waiting();
        var further = submit(99);
        await().until(() -> further.isDone() || lane.waiting() > before);
        return further.isDone();
    }

    private static String value(Future<String> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
