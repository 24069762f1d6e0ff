package escale.messaging;

import escale.messaging.Handler.Handling;
import escale.runtime.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records to a handler when they are due: many at once, each on a virtual thread, in order under each key.
 *
 * <p>One thread polls the main topic and its delay topics alike, and owns all bookkeeping. Pausing a partition is the
 * only back-pressure: the poll loop itself never waits for a handler.
 */
public final class DueConsumer implements Stage {
    private static final Logger log = LoggerFactory.getLogger(DueConsumer.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration POLL_WHILE_SHUT = Duration.ofMillis(50);
    private static final Duration LONGEST_REST = Duration.ofMillis(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Intake intake;
    private final Supplier<Consumer<String, byte[]>> connect;
    private final Execution execution;
    private final Dispatcher dispatcher;
    private final ConsumerMeters meters;
    private final BlockingQueue<Completion> completions = new LinkedTransferQueue<>();
    private final AtomicBoolean wakeAsked = new AtomicBoolean();

    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean completionsWake;
    private volatile boolean running;
    private volatile boolean dead;
    private @Nullable Thread poller;

    private record Completion(Slot slot, Handling handling) {}

    DueConsumer(
            Intake intake,
            Gate gate,
            Supplier<Consumer<String, byte[]>> connect,
            Execution execution,
            ConsumerMeters meters) {
        this.intake = intake;
        this.connect = connect;
        this.execution = execution;
        this.dispatcher = new Dispatcher(intake, gate);
        this.meters = meters;
    }

    @Override
    public Phase phase() {
        return Phase.CONSUMERS;
    }

    @Override
    public String name() {
        return "consumer " + intake.group();
    }

    @Override
    public void start() {
        running = true;
        poller = Thread.ofPlatform().name("poll-" + intake.group()).start(this::poll);
    }

    /** What runs may finish and is committed; what waits stays for others. */
    @Override
    public void stop() throws InterruptedException {
        running = false;
        wake();
        var polling = poller;
        if (polling != null && !polling.join(intake.drain().plusSeconds(10))) {
            polling.interrupt();
        }
    }

    /** The poll thread has ended without being told to: only a restart of the process helps. */
    boolean dead() {
        return dead;
    }

    private void poll() {
        try (var connected = connect.get()) {
            consumer = connected;
            var progress = new Progress(dispatcher, connected);
            connected.subscribe(intake.delays().keySet(), new Rebalance(progress));
            while (running) {
                turn(connected, progress);
            }
            letGo(dispatcher.partitions(), progress);
            connected.close(CloseOptions.timeout(LONGEST_CLOSE));
        } catch (Throwable fatal) {
            dead = running;
            log.error("Consumer {} has died", intake.group(), fatal);
        }
    }

    private void turn(Consumer<String, byte[]> connected, Progress progress) {
        for (var completion = completions.poll(); completion != null; completion = completions.poll()) {
            settle(completion);
        }
        progress.commitNowAndThen();
        begin();
        connected.pause(dispatcher.toPause());
        connected.resume(dispatcher.toResume());
        meters.observe(dispatcher, connected);

        completionsWake = dispatcher.waitsForCompletion();
        if (completionsWake && !completions.isEmpty()) {
            return; // one came in before the flag stood: nobody would wake the poll for it
        }
        try {
            var longest = dispatcher.held() > 0 ? Progress.EVERY : LONGEST_POLL;
            var wait = dispatcher.untilNext(System.nanoTime(), longest, POLL_WHILE_SHUT);
            var records = connected.poll(dispatcher.somePaused() ? rest(wait) : wait);
            var nowMillis = System.currentTimeMillis();
            var now = System.nanoTime();
            for (var partition : records.partitions()) {
                dispatcher.fetched(partition, records.records(partition), nowMillis, now);
            }
        } catch (WakeupException somethingToDo) {
            // the next turn sees what
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            wakeAsked.set(false);
        }
    }

    /**
     * While a paused partition has records in the client's buffer a poll does not wait for others but spins until its
     * time is over. So the waiting is done here, and the poll only takes what is there.
     */
    private Duration rest(Duration wait) throws InterruptedException {
        var longest = wait.compareTo(LONGEST_REST) < 0 ? wait : LONGEST_REST;
        var completion = completions.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (completion != null) {
            settle(completion);
        }
        return Duration.ZERO;
    }

    private void begin() {
        for (var slot : dispatcher.start(System.nanoTime())) {
            Thread.startVirtualThread(() -> run(slot));
        }
    }

    private void run(Slot slot) {
        completions.add(new Completion(slot, execution.run(slot)));
        if (completionsWake) {
            wake();
        }
    }

    private void settle(Completion completion) {
        dispatcher.completed(completion.slot, completion.handling, System.nanoTime());
    }

    /** However many have a reason: one wake-up ends one poll. */
    private void wake() {
        var connected = consumer;
        if (connected != null && wakeAsked.compareAndSet(false, true)) {
            connected.wakeup();
        }
    }

    /** Partitions leave: finish what runs, within bounds, while the others go on; then commit. */
    private void letGo(Collection<TopicPartition> partitions, Progress progress) {
        completionsWake = false; // a wake-up now would only disturb the commit
        dispatcher.revoke(partitions, System.nanoTime());
        try {
            var deadline = System.nanoTime() + intake.drain().toNanos();
            while (dispatcher.busy(partitions) && System.nanoTime() - deadline < 0) {
                var completion = completions.poll(20, TimeUnit.MILLISECONDS);
                if (completion != null) {
                    settle(completion);
                }
                if (running) {
                    begin();
                }
            }
            progress.commitBeforeLeaving(partitions);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            dispatcher.forget(partitions);
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        private final Progress progress;

        Rebalance(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            dispatcher.assigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            letGo(partitions, progress);
        }

        /** Somebody else has them already: nothing to commit, and what runs is fenced off by its ledger. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            dispatcher.revoke(partitions, System.nanoTime());
            dispatcher.forget(partitions);
        }
    }
}
