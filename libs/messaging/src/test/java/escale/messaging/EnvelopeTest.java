package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Instant TIME = Instant.parse("2026-05-04T08:15:30.123456Z");

    @Test
    void a_row_of_the_outbox_becomes_a_cloud_event_in_binary_mode() {
        var row = new OutboxRow(
                42,
                "booking.events",
                "b-1",
                "booking.confirmed",
                "{}".getBytes(),
                "traceparent: 00-a-b-01\nx-request-id: r-7\n",
                TIME);

        var record = row.record("/escale/booking".getBytes());

        assertThat(record.topic()).isEqualTo("booking.events");
        assertThat(record.key()).isEqualTo("b-1");
        assertThat(record.value()).isEqualTo("{}".getBytes());
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value())));
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "42",
                        "ce_type", "booking.confirmed",
                        "ce_source", "/escale/booking",
                        "ce_time", "2026-05-04T08:15:30.123456Z",
                        "content-type", "application/json",
                        "traceparent", "00-a-b-01",
                        "x-request-id", "r-7"));
    }

    @Test
    void headers_survive_the_outbox_as_lines() {
        var headers = Map.of("a", "1", "empty", "", "colon", "a: b", "é", "ü\tx");

        assertThat(Envelope.fromLines(Envelope.toLines(headers))).isEqualTo(headers);
    }

    @Test
    void a_line_break_smuggles_in_no_further_header() {
        var lines = Envelope.toLines(Map.of("note", "ok\nce_type: forged\r\nx: y"));

        assertThat(Envelope.fromLines(lines)).containsOnlyKeys("note");
    }

    @Test
    void a_header_is_replaced_and_never_appended() {
        var headers = new RecordHeaders();
        Envelope.put(headers, Envelope.ATTEMPTS, "1");
        Envelope.put(headers, Envelope.ATTEMPTS, "2");

        assertThat(headers.toArray()).hasSize(1);
        assertThat(Envelope.header(headers, Envelope.ATTEMPTS)).isEqualTo("2");
    }

    @Test
    void a_record_without_headers_is_of_no_type_and_of_no_trace() {
        var received = new Received(new ConsumerRecord<>("payments", 3, 7, "key", new byte[0]));

        assertThat(received.type()).isEmpty();
        assertThat(received.trace().traceparent()).isEmpty();
        assertThat(received.header("anything")).isNull();
        assertThat(received).hasToString("payments-3@7");
    }

    @Test
    void a_header_without_a_value_is_none() {
        var headers = new RecordHeaders();
        headers.add("empty", null);

        assertThat(Envelope.header(headers, "empty")).isNull();
    }
}
