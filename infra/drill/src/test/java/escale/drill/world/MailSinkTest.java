package escale.drill.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.drill.wire.Unreachable;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailSinkTest {
    @AfterEach
    void empty() {
        SmallSink.empty(Instant.now());
    }

    @Test
    void what_breaks_off_amid_its_mails_is_not_taken_for_a_sink_that_is_not_there() {
        SmallSink.take(UUID.randomUUID(), UUID.randomUUID(), "CONFIRMED");
        assertThat(MailSink.read(SmallSink.door(), Instant.now()).letters()).hasSize(1);

        SmallSink.breakOff();

        assertThatThrownBy(() -> MailSink.read(SmallSink.door(), Instant.now()))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void where_nobody_answers_there_is_none() {
        assertThat(MailSink.read(URI.create("http://127.0.0.1:1"), Instant.now())
                        .readable())
                .isFalse();
    }
}
