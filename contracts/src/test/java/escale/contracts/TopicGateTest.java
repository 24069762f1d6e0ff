package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicGateTest {
    private static final SmallRelease RELEASED = new SmallRelease("""
            topics:
              payments: { key: bookingId, partitions: 24, cleanup: delete, retention: P7D, events: [ordered, cancelled] }
              retries: { key: bookingId, partitions: 6, timestamps: LogAppendTime, delay: PT1S, retention: P7D }
            """);

    @Test
    void what_did_not_change_breaks_nobody() {
        assertThat(RELEASED.changingNothing()).isEmpty();
    }

    @Test
    void a_new_topic_is_welcome() {
        assertThat(RELEASED.changing(
                        "topics:\n", "topics:\n  reviews: { key: tourId, partitions: 6, retention: P7D }\n"))
                .isEmpty();
    }

    @Test
    void another_type_on_it_is_welcome() {
        assertThat(RELEASED.changing("[ordered, cancelled]", "[ordered, cancelled, refunded]"))
                .isEmpty();
    }

    @Test
    void longer_retention_is_welcome() {
        assertThat(RELEASED.changing("delete, retention: P7D", "delete, retention: P30D"))
                .isEmpty();
    }

    @Test
    void shorter_retention_is_refused() {
        assertThat(RELEASED.changing("delete, retention: P7D", "delete, retention: PT24H"))
                .containsExactly("topic payments keeps its records for a shorter time");
    }

    @Test
    void a_renamed_topic_is_refused() {
        assertThat(RELEASED.changing("  payments:", "  charges:")).containsExactly("topic payments was removed");
    }

    @Test
    void more_partitions_are_refused_because_keys_would_move() {
        assertThat(RELEASED.changing("partitions: 24", "partitions: 48"))
                .containsExactly("topic payments has another partitions: 48, released as 24");
    }

    @Test
    void fewer_partitions_are_refused() {
        assertThat(RELEASED.changing("partitions: 24", "partitions: 12")).hasSize(1);
    }

    @Test
    void another_key_is_refused() {
        assertThat(RELEASED.changing("payments: { key: bookingId", "payments: { key: paymentId"))
                .containsExactly("topic payments has another key: paymentId, released as bookingId");
    }

    @Test
    void another_way_to_clean_up_is_refused() {
        assertThat(RELEASED.changing("cleanup: delete", "cleanup: compact")).hasSize(1);
    }

    @Test
    void another_delay_or_clock_is_refused() {
        assertThat(RELEASED.changing("LogAppendTime, delay: PT1S", "CreateTime, delay: PT2S"))
                .hasSize(2);
    }

    @Test
    void a_type_that_no_longer_travels_on_it_is_refused() {
        assertThat(RELEASED.changing("[ordered, cancelled]", "[ordered]"))
                .containsExactly("topic payments no longer carries cancelled");
    }
}
