package escale.drill.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at the figures every second, and at the end sums up. */
final class Watch {
    private static final int NAMED_AT_MOST = 20;

    private final Figures figures;
    private final Followed followed;
    private final List<Second> seconds = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    private Second before;
    private long start;
    private long cpuBefore;
    private long sentAt;
    private @Nullable Future<?> ticking;

    Watch(Figures figures, Followed followed) {
        this.figures = figures;
        this.followed = followed;
        this.before = figures.total(0, figures.accept.second(), figures.confirm.second(), 0, 0);
    }

    void begin(long now, Consumer<Second> everySecond) {
        start = now;
        cpuBefore = cpuNanos();
        ticking = clock.scheduleAtFixedRate(() -> everySecond.accept(look()), 1, 1, TimeUnit.SECONDS);
    }

    void sent() {
        sentAt = System.nanoTime();
    }

    private synchronized Second look() {
        followed.forgetStrangers(System.nanoTime());
        figures.late.second();
        var now = figures.total(
                before.number() + 1,
                figures.accept.second(),
                figures.confirm.second(),
                followed.retrying(),
                followed.unsettled());
        var second = new Second(
                now.number(),
                now.sent() - before.sent(),
                now.accepted() - before.accepted(),
                now.refused() - before.refused(),
                now.unanswered() - before.unanswered(),
                now.confirmed() - before.confirmed(),
                now.otherwise() - before.otherwise(),
                now.dead() - before.dead(),
                now.retrying(),
                now.lag(),
                now.accept(),
                now.confirm());
        before = now;
        seconds.add(second);
        return second;
    }

    void stop() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        clock.shutdownNow();
    }

    /** After {@link #stop}. */
    synchronized Outcome outcome() {
        look();
        return new Outcome(
                figures.sentSoFar(),
                figures.acceptedSoFar(),
                before.refused(),
                before.unanswered(),
                figures.repeatedSoFar(),
                figures.refusals(),
                figures.endings(),
                before.dead(),
                figures.failedAttempts(),
                seconds(sentAt - start),
                figures.lastConfirmedAt() == 0 ? 0 : seconds(figures.lastConfirmedAt() - start),
                figures.accept.whole(),
                figures.confirm.whole(),
                figures.late.whole(),
                (cpuNanos() - cpuBefore) / 1e9,
                followed.unsettled(),
                followed.some(NAMED_AT_MOST),
                List.copyOf(seconds));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
