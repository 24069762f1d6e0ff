package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SaidAlreadyTest {
    private final SaidAlready filter = new SaidAlready();
    private final LoggerContext context = new LoggerContext();

    SaidAlreadyTest() {
        filter.setLoggers("org.apache.kafka");
    }

    @Test
    void a_warning_of_the_library_is_let_through_once_a_minute() {
        var minute = Duration.ofMinutes(1).toNanos();

        assertThat(filter.isNew("broker away", 0)).isTrue();
        assertThat(filter.isNew("broker away", minute - 1)).isFalse();
        assertThat(filter.isNew("another broker away", minute - 1)).isTrue();
        assertThat(filter.isNew("broker away", minute)).isTrue();
    }

    @Test
    void what_it_says_again_is_dropped_and_what_we_say_never() {
        for (var reply : new FilterReply[] {FilterReply.NEUTRAL, FilterReply.DENY}) {
            assertThat(said("org.apache.kafka.clients.NetworkClient", Level.WARN))
                    .isEqualTo(reply);
            assertThat(said("escale.messaging.Relay", Level.WARN)).isEqualTo(FilterReply.NEUTRAL);
            assertThat(said("org.apache.kafka.clients.NetworkClient", Level.ERROR))
                    .isEqualTo(FilterReply.NEUTRAL);
        }
    }

    private FilterReply said(String logger, Level level) {
        return filter.decide(null, context.getLogger(logger), level, "Node {} is away", null, null);
    }
}
