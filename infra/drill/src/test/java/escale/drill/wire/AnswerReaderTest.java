package escale.drill.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static AnswerReader reading(String text) {
        return new AnswerReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answers_are_read_one_after_the_other() throws IOException {
        var reader = reading("""
                HTTP/1.1 202 Accepted
                Location: /v1/bookings/019df20e-80d0-70f2-b90c-f28c1fb17c23
                Idempotent-Replayed: true
                content-length: 30

                {"status" : "PENDING_PAYMENT"}HTTP/1.1 204 No Content

                HTTP/1.1 200 OK
                Content-Length: 2

                ok""");

        var accepted = reader.read();
        assertThat(accepted.accepted()).isTrue();
        assertThat(accepted.located()).isEqualTo(UUID.fromString("019df20e-80d0-70f2-b90c-f28c1fb17c23"));
        assertThat(accepted.replayed()).isTrue();
        assertThat(accepted.field("status")).isEqualTo("PENDING_PAYMENT");
        assertThat(accepted.field("code")).isNull();
        assertThat(reader.read().status()).isEqualTo(204);
        assertThat(reader.read().text()).isEqualTo("ok");
    }

    @Test
    void chunks_are_put_together() throws IOException {
        var reader = reading(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5;note=x\r\nhello\r\nB\r\n, traveller\r\n0\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        assertThat(reader.read().text()).isEqualTo("hello, traveller");
        assertThat(reader.read().status()).isEqualTo(404);
    }

    @Test
    void an_answer_that_breaks_off_is_no_answer() {
        assertThatThrownBy(() -> reading("").read()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reading("HTTP/1.1 202 Acc").read()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reading("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
                        .read())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void what_is_not_http_is_refused() {
        assertThatThrownBy(() -> reading("SSH-2.0-OpenSSH\r\n").read()).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> reading("HTTP/1.1 200 OK\r\n\r\n").read()).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> reading("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")
                        .read())
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() ->
                        reading("HTTP/1.1 200 OK\r\nContent-Length\r\n\r\n").read())
                .isInstanceOf(ProtocolException.class);
    }
}
