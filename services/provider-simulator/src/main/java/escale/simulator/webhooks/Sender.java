package escale.simulator.webhooks;

import escale.simulator.books.Event;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.webhooks.WebhookLog.Result;
import escale.simulator.wire.EventJson;
import escale.simulator.wire.ResourceJson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends deliveries, and each again with growing pauses until its endpoint answers 2xx. */
public final class Sender implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sender.class.getName());
    private static final int THREADS = 16;
    private static final int MOST_ATTEMPTS = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final FaultSwitch faults;
    private final ResourceJson json;
    private final WebhookLog log;
    private final Signature signature;
    private final Duration firstPause;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().daemon().name("webhook-", 0).factory());
    private final Map<String, Integer> pending = new ConcurrentHashMap<>();
    private final LongAdder heard = new LongAdder();
    private final LongAdder unheard = new LongAdder();

    public Sender(
            FaultSwitch faults, ResourceJson json, WebhookLog log, String secret, Duration firstPause, Clock clock) {
        this.faults = faults;
        this.json = json;
        this.log = log;
        this.signature = new Signature(secret);
        this.firstPause = firstPause;
        this.clock = clock;
    }

    void run(Runnable task) {
        threads.execute(guarded(task));
    }

    void runLater(Duration wait, Runnable task) {
        var _ = threads.schedule(guarded(task), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "an event could not be delivered", e);
            }
        };
    }

    void expect(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> pending.merge(delivery.event().id(), 1, Integer::sum));
    }

    /** Sends expected deliveries one after the other; those that are not heard come back by themselves. */
    void send(List<Delivery> deliveries) {
        deliveries.forEach(this::attempt);
    }

    private void attempt(Delivery delivery) {
        if (faults.faults().webhooks().never()) {
            settle(delivery, 0, Result.NEVER_SENT);
            return;
        }
        int status = post(delivery);
        if (status >= 200 && status < 300) {
            heard.increment();
            settle(delivery, status, Result.HEARD);
            return;
        }
        unheard.increment();
        if (delivery.attempt() == MOST_ATTEMPTS) {
            settle(delivery, status, Result.GIVEN_UP);
            return;
        }
        log.write(delivery, status, Result.TRY_AGAIN, clock.instant());
        runLater(pauseAfter(delivery.attempt()), () -> attempt(delivery.again()));
    }

    private int post(Delivery delivery) {
        var payload = EventJson.document(delivery.event(), pending(delivery.event()), json);
        return Post.send(delivery.endpoint().url(), payload, signature.header(payload, clock.instant()));
    }

    private void settle(Delivery delivery, int status, Result result) {
        pending.computeIfPresent(delivery.event().id(), (_, count) -> count == 1 ? null : count - 1);
        log.write(delivery, status, result, clock.instant());
    }

    private Duration pauseAfter(int attempt) {
        var doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 16));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Sends at once, outside all rules, and says what the endpoint answered. */
    int sendNow(Delivery delivery) {
        return post(delivery);
    }

    /** Drops what waits to be sent, for a ledger that is wiped. */
    public void forget() {
        threads.getQueue().clear();
        pending.clear();
    }

    /** How many deliveries of an event were not heard yet. */
    public int pending(Event event) {
        return pending.getOrDefault(event.id(), 0);
    }

    public int pendingEvents() {
        return pending.size();
    }

    public long heard() {
        return heard.sum();
    }

    public long unheard() {
        return unheard.sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
