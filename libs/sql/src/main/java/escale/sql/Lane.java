package escale.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Gathers what arrives while the batch before is in the database. A lone item leaves at once, as a batch of one: there
 * is no timer, so idle costs no latency and load costs no more than one transaction per batch.
 */
public final class Lane<I, O> implements AutoCloseable {
    private final BlockingQueue<Waiting<I, O>> queue;
    private final int largestBatch;
    private final Function<List<I>, List<O>> work;
    private final Thread driver;
    private volatile boolean closed;

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
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.largestBatch = largestBatch;
        this.work = work;
        this.driver = Thread.ofVirtual().name("lane-" + name).start(this::drive);
    }

    /** Waits until the item's batch is committed; throws what its batch threw. */
    public O submit(I item) {
        var waiting = new Waiting<I, O>(item, new CompletableFuture<>());
        if (closed || !queue.offer(waiting)) {
            throw new Full(driver.getName());
        }
        try {
            return waiting.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void drive() {
        var batch = new ArrayList<Waiting<I, O>>(largestBatch);
        try {
            while (!closed || !queue.isEmpty()) {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, largestBatch - 1);
                    settle(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
        queue.forEach(late -> late.answer.completeExceptionally(new Full("closed")));
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
        closed = true;
        try {
            driver.join(Duration.ofSeconds(10));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
