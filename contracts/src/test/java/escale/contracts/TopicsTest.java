package escale.contracts;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final Contracts TODAY = Contracts.ofToday();
    private static final Set<String> DECLARED =
            Set.of("name", "owner", "key", "partitions", "cleanup", "retention", "timestamps", "events", "description");
    private static final Set<String> DECLARED_OR_NOT =
            Stream.concat(DECLARED.stream(), Stream.of("delay")).collect(toSet());

    static Stream<JsonNode> topics() {
        return TODAY.topics().valueStream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_topic_is_declared_whole_and_with_nothing_a_reader_would_not_expect(JsonNode topic) {
        assertThat(Document.names(topic)).containsAll(DECLARED).isSubsetOf(DECLARED_OR_NOT);
        assertThat(topic.path("partitions").asInt()).isPositive();
        assertThat(topic.path("cleanup").asText()).isIn("delete", "compact");
        assertThat(topic.path("timestamps").asText()).isIn("CreateTime", "LogAppendTime");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void only_where_undeliverable_records_are_laid_down_any_type_may_be_found(JsonNode topic) {
        if (!topic.path("name").asText().endsWith(".dlt")) {
            assertThat(topic.path("events")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_record_outlives_any_outage(JsonNode topic) {
        assertThat(Duration.parse(topic.path("retention").asText())).isGreaterThanOrEqualTo(Duration.ofDays(7));
    }

    @Test
    void a_delay_counts_from_the_clock_of_the_broker() {
        var waiting = topics().filter(topic -> topic.has("delay")).toList();
        assertThat(waiting)
                .extracting(topic -> topic.path("delay").asText())
                .containsExactly("PT1S", "PT2S", "PT4S", "PT8S", "PT16S");
        assertThat(waiting)
                .extracting(topic -> topic.path("timestamps").asText())
                .containsOnly("LogAppendTime");
    }

    @Test
    void each_type_has_a_topic_a_schema_and_an_example() {
        var travelling = topics().flatMap(topic -> topic.path("events").valueStream())
                .map(JsonNode::asText)
                .collect(toSet());
        var shown =
                Document.names(TODAY.examples()).stream().map(Examples::type).collect(toSet());
        assertThat(Document.names(TODAY.events())).isEqualTo(travelling).isEqualTo(shown);
    }

    @Test
    void an_undeliverable_record_keeps_the_type_it_had() {
        var taken = topics().filter(topic -> topic.path("name").asText().matches("payments(\\.retry\\..*)?"))
                .flatMap(topic -> topic.path("events").valueStream())
                .collect(toSet());
        assertThat(TODAY.topics().path("payments.dlt").path("events")).containsExactlyInAnyOrderElementsOf(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics.yaml",
                "asyncapi.yaml",
                "openapi/booking.yaml",
                "events/booking.created.schema.json",
                "examples/booking.created.json"
            })
    void the_jar_carries_what_services_read(String resource) {
        assertThat(Contracts.class.getResource("/contracts/" + resource)).isNotNull();
    }
}
