package escale.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class FailuresTest {
    @AutoClose
    private static final Door door = Door.open();

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        root.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "argument", "error", "data"})
    void what_nobody_expected_is_told_to_the_log_once_and_to_nobody_else(String how) {
        var answer = door.get("/v1/failing/" + how);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal");
        assertThat(answer.http().body()).doesNotContain("secret", "Exception", "escale.booking", "byte sequence");
        assertThat(loud()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy()).isNotNull();
            assertThat(event.getFormattedMessage()).contains(answer.header("X-Request-Id"));
            assertThat(event.getMDCPropertyMap()).containsEntry("requestId", answer.header("X-Request-Id"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "pool", "restart"})
    void what_is_away_for_a_moment_is_worth_another_try(String how) {
        var answer = door.get("/v1/failing/" + how);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo(how.equals("away") ? "3" : "1");
        assertThat(answer.http().body()).doesNotContain("db:5432");
        assertThat(loud()).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
    }

    @Test
    void a_refusal_is_no_event() {
        assertThat(door.get("/v1/orders/x").status()).isEqualTo(400);
        assertThat(door.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(door.post("/v1/orders", "{").status()).isEqualTo(400);

        assertThat(loud()).isEmpty();
    }

    private List<ILoggingEvent> loud() {
        return List.copyOf(said.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }
}
