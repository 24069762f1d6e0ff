package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiTest {
    private static final Contracts TODAY = Contracts.ofToday();
    private static final Document ASYNC_API = Contracts.asyncApi();
    /** The message of a topic that takes whatever could not be read. */
    private static final String UNDELIVERABLE = "undeliverable";

    static Stream<String> topics() {
        return TODAY.topics().properties().stream().map(topic -> topic.getKey());
    }

    @Test
    void each_reference_leads_somewhere() {
        assertThat(ASYNC_API.references()).hasSizeGreaterThan(100).allSatisfy(ASYNC_API::target);
    }

    @Test
    void a_reference_that_leads_nowhere_is_noticed() {
        assertThatThrownBy(() -> ASYNC_API.target("events/booking.created.schema.json#/properties/price"))
                .hasMessageContaining("nothing at");
        assertThatThrownBy(() -> ASYNC_API.target("events/no.such.schema.json")).hasMessageContaining("Cannot read");
    }

    @Test
    void the_channels_are_the_topics() {
        assertThat(Document.names(channels())).containsExactlyElementsOf(topics().toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_channel_says_what_its_topic_says(String name) {
        var topic = TODAY.topics().path(name);
        var channel = channels().path(name);
        assertThat(channel.path("address").asText()).isEqualTo(name);
        assertThat(channel.path("description")).isEqualTo(topic.path("description"));
        assertThat(channel.at("/bindings/kafka/partitions")).isEqualTo(topic.path("partitions"));
        assertThat(Document.names(channel.path("messages"))).containsExactlyElementsOf(messages(topic));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_message_carries_its_event_under_the_key_of_its_topic(String name) {
        var key = TODAY.topics().path(name).path("key").asText();
        channels().path(name).path("messages").properties().forEach(entry -> {
            var type = entry.getKey();
            if (type.equals(UNDELIVERABLE)) {
                return;
            }
            var schema = "events/" + type + ".schema.json";
            var message = ASYNC_API.target(reference(entry.getValue()));
            var messageKey = message.at("/bindings/kafka/key");

            assertThat(message.path("name").asText()).isEqualTo(type);
            assertThat(reference(message.path("payload"))).isEqualTo(schema);
            assertThat(message.path("headers").has("$ref")).isTrue();
            if (messageKey.has("const")) {
                return;
            }
            assertThat(reference(messageKey)).isEqualTo(schema + "#/properties/" + key);
            assertThat(TODAY.events().path(type).path("required").valueStream().map(JsonNode::asText))
                    .contains(key);
        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void somebody_writes_each_topic_and_somebody_reads_it(String name) {
        var actions = ASYNC_API
                .root()
                .path("operations")
                .valueStream()
                .filter(operation -> reference(operation.path("channel")).equals("#/channels/" + name))
                .map(operation -> operation.path("action").asText());
        assertThat(actions).contains("send", "receive");
    }

    private static List<String> messages(JsonNode topic) {
        var events = topic.path("events").valueStream().map(JsonNode::asText).toList();
        return events.isEmpty() ? List.of(UNDELIVERABLE) : events;
    }

    private static JsonNode channels() {
        return ASYNC_API.root().path("channels");
    }

    private static String reference(JsonNode node) {
        return node.path("$ref").asText();
    }
}
