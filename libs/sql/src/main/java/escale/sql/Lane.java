package escale.sql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Gathers what arrives while the batch before is in the database. A lone item leaves at once, as a batch of one: there
 * is no timer, so idle costs no latency and load costs no more than one transaction per batch.
 *
 * <p>It has a platform thread, because it does nothing but wait for the database: that costs a virtual thread 70 µs of
 * CPU per round trip, and a platform thread 28.
 */
public final class Lane<I, O> implements AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final String name;
    private final int capacity;
    private final int largestBatch;
    private final Function<List<I>, List<O>> work;
    private final Queue<Waiting<I, O>> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingToDo = lock.newCondition();
    private final Thread driver;
    private boolean closed;

    private record Waiting<I, O>(I item, CompletableFuture<O> answer) {}

    /** The lane is full: the caller should come back a little later. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        Full(String lane) {
            super("Lane " + lane + " is full", null, false, false);
        }
    }

    /** {@code work} answers its items in their order, having committed. */
    public Lane(String name, int capacity, int largestBatch, Function<List<I>, List<O>> work) {
        this.name = name;
        this.capacity = capacity;
        this.largestBatch = largestBatch;
        this.work = work;
        this.driver = Thread.ofPlatform().daemon().name("lane-" + name).start(this::drive);
    }

    /** Waits until the item's batch is committed; throws what its batch threw. */
    public O submit(I item) {
        var waiting = new Waiting<I, O>(item, new CompletableFuture<>());
        enqueue(waiting);
        try {
            return waiting.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What is in the queue is answered: the driver leaves only when the lane is closed and the queue empty. */
    private void enqueue(Waiting<I, O> waiting) {
        lock.lock();
        try {
            if (closed || queue.size() >= capacity) {
                throw new Full(name);
            }
            queue.add(waiting);
            somethingToDo.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many stand in the queue behind the batch that is in the database. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void drive() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            settle(batch);
        }
    }

    /** Empty only when the lane is closed. */
    private List<Waiting<I, O>> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                somethingToDo.awaitUninterruptibly();
            }
            var batch = new ArrayList<Waiting<I, O>>(Math.min(queue.size(), largestBatch));
            while (batch.size() < largestBatch && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Data that the database refuses fails alone: the batch is halved until the bad item stands by itself. */
    private void settle(List<Waiting<I, O>> batch) {
        try {
            var answers = work.apply(batch.stream().map(Waiting::item).toList());
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(answers.get(i));
            }
        } catch (DatabaseFault fault) {
            if (fault.refusesTheData() && batch.size() > 1) {
                var half = batch.size() / 2;
                settle(batch.subList(0, half));
                settle(batch.subList(half, batch.size()));
            } else {
                fail(batch, fault);
            }
        } catch (Throwable fault) {
            fail(batch, fault);
        }
    }

    private static <I, O> void fail(List<Waiting<I, O>> batch, Throwable fault) {
        batch.forEach(waiting -> waiting.answer.completeExceptionally(fault));
    }

    /** What is queued still finishes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            somethingToDo.signal();
        } finally {
            lock.unlock();
        }
        try {
            driver.join(LONGEST_CLOSE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
