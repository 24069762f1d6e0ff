package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {
    private static final Contracts TODAY = Contracts.ofToday();
    private static final JsonNode PROBLEM = TODAY.apis().at("/booking/components/schemas/Problem/properties");

    static Stream<String> services() {
        return TODAY.apis().properties().stream().map(api -> api.getKey());
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_door_is_described_in_one_file_without_loose_ends(String service) {
        var door = Contracts.api(service);
        assertThat(door.references())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(reference).startsWith("#/"))
                .allSatisfy(door::target);
    }

    @ParameterizedTest
    @MethodSource("services")
    void examples_fit_their_schema(String service) {
        var schemas = TODAY.apis().path(service).at("/components/schemas").properties();
        assertThat(schemas)
                .anySatisfy(
                        schema -> assertThat(schema.getValue().has("examples")).isTrue());
        for (var schema : schemas)
            assertThat(schema.getValue().path("examples"))
                    .as(schema.getKey())
                    .allSatisfy(example -> assertThat(Validator.faults(schema.getValue(), example))
                            .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("services")
    void operations_have_names_of_their_own_and_their_problems_look_alike(String service) {
        var operations = operations(service).toList();
        assertThat(operations)
                .extracting(operation -> operation.path("operationId").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
        for (var operation : operations) {
            if (operation.path("operationId").asText().equals("getHealth")) {
                continue; // that a service is down is what was asked for, and no problem of the question
            }
            operation.path("responses").properties().stream()
                    .filter(response -> Integer.parseInt(response.getKey()) >= 400)
                    .forEach(response -> assertThat(
                                    response.getValue().at("/content/application~1problem+json/schema/properties"))
                            .as("%s %s", operation.path("operationId"), response.getKey())
                            .isEqualTo(PROBLEM));
        }
    }

    @Test
    void only_what_must_be_open_is_open() {
        var open = services().flatMap(service -> {
            var lock = TODAY.apis().path(service).path("security");
            return operations(service)
                    .filter(operation -> operation.path("security").isMissingNode()
                            ? lock.isEmpty()
                            : operation.path("security").isEmpty())
                    .map(operation -> operation.path("operationId").asText());
        });
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "getAvailability", "getHealth", "receiveStripeWebhook", "notifyGuest", "doNotNotifyGuest");
    }

    @Test
    void a_booking_can_be_what_the_events_say_it_is() {
        var statuses = TODAY.apis()
                .at("/booking/components/schemas/Status/enum")
                .valueStream()
                .toList();
        var told = TODAY.topics()
                .at("/booking.events/events")
                .valueStream()
                .map(type -> TODAY.events().path(type.asText()).at("/properties/status"))
                .flatMap(status -> status.has("const")
                        ? Stream.of(status.get("const"))
                        : status.path("enum").valueStream());
        assertThat(told).isNotEmpty().isSubsetOf(statuses);
    }

    private static Stream<JsonNode> operations(String service) {
        return TODAY.apis().path(service).path("paths").valueStream().flatMap(JsonNode::valueStream);
    }
}
