package escale.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets a warning of somebody else's library through once a minute. While a broker is away each client of it says so every
 * second, in two ways, and what the service itself has to say is lost among them.
 */
public final class SaidAlready extends TurboFilter {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    /** More different warnings than that are no repetition, and not remembered. */
    private static final int MOST = 1_000;

    private final Map<String, Long> said = new ConcurrentHashMap<>();
    private String prefix = "";

    /** Which loggers, by the beginning of their names. */
    public void setLoggers(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (format == null || level != Level.WARN || !logger.getName().startsWith(prefix)) {
            return FilterReply.NEUTRAL;
        }
        return isNew(logger.getName() + format, System.nanoTime()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    boolean isNew(String warning, long now) {
        var before = said.get(warning);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        if (said.size() < MOST || before != null) {
            said.put(warning, now);
        }
        return true;
    }
}
