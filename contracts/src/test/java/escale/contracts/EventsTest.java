package escale.contracts;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventsTest {
    private static final Contracts TODAY = Contracts.ofToday();
    private static final Set<String> WORDS = Set.of(
            "$schema",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "items",
            "const",
            "enum",
            "format",
            "pattern",
            "minimum",
            "minLength",
            "maxLength");
    private static final Set<String> NARROWED_BY_TYPE = Set.of("description", "const", "enum");

    static Stream<String> types() {
        return TODAY.events().properties().stream().map(event -> event.getKey());
    }

    @ParameterizedTest
    @MethodSource("types")
    void examples_fit_their_schema(String type) {
        assertThat(Examples.of(TODAY, type))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(faults(type, example)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("types")
    void examples_show_each_field(String type) {
        var shown = Examples.of(TODAY, type).stream()
                .flatMap(example -> Document.names(example).stream())
                .collect(toSet());
        assertThat(shown).isEqualTo(Document.names(schema(type).path("properties")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void an_example_that_lacks_a_required_field_is_refused(String type) {
        for (var field : schema(type).path("required")) {
            var broken = (ObjectNode) Examples.of(TODAY, type).getFirst().deepCopy();
            broken.remove(field.asText());
            assertThat(faults(type, broken)).as("without %s", field).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_field_nobody_knows_yet_disturbs_nobody(String type) {
        var newer = (ObjectNode) Examples.of(TODAY, type).getFirst().deepCopy();
        newer.put("addedNextYear", true);
        assertThat(faults(type, newer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "payment.requested, method, 4242424242424242",
        "payment.requested, method, 4242 4242 4242 4242",
        "payment.requested, method, pm_4242424242424242",
        "payment.requested, bookingId, 42",
        "payment.requested, currency, euro",
        "payment.requested, requestedAt, 2026-05-04T10:15:30+02:00",
        "payment.requested, kind, TIP",
        "payment.exhausted, proof, PAID",
        "payment.action-required, link, no link",
        "booking.confirmed, status, PENDING_PAYMENT",
        "booking.payment-failed, reason, Claire has no money",
        "user.updated, email, claire at example.org",
        "tour.published, country, France",
        "check-upcoming-bookings, within, 24h"
    })
    void a_deliberately_broken_example_is_refused(String type, String field, String nonsense) {
        var broken = (ObjectNode) Examples.of(TODAY, type).getFirst().deepCopy();
        broken.put(field, nonsense);
        assertThat(faults(type, broken)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"payment.requested, amount", "booking.created, people", "payment.succeeded, chargeNo"})
    void no_number_is_zero_or_broken(String type, String field) {
        for (double number : List.of(0.0, -1.0, 1.5)) {
            var broken = (ObjectNode) Examples.of(TODAY, type).getFirst().deepCopy();
            broken.put(field, number);
            assertThat(faults(type, broken)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_schema_is_named_after_its_type_and_explains_each_field(String type) {
        assertThat(schema(type).path("title").asText()).isEqualTo(type);
        assertThat(withNested(schema(type)))
                .allSatisfy(schema ->
                        assertThat(schema.path("description").asText()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_schema_says_nothing_the_gate_would_not_understand(String type) {
        assertThat(Validator.faultsOfSchema(schema(type))).isEmpty();
        assertThat(withNested(schema(type)))
                .allSatisfy(schema -> assertThat(WORDS).containsAll(Document.names(schema)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void only_fields_that_exist_are_required(String type) {
        assertThat(schema(type).path("required"))
                .allSatisfy(field -> assertThat(schema(type).path("properties").has(field.asText()))
                        .isTrue());
    }

    @Test
    void a_field_means_the_same_in_each_event_of_a_topic() {
        for (var topic : TODAY.topics()) {
            var meanings = new HashMap<String, JsonNode>();
            for (var type : topic.path("events"))
                schema(type.asText()).path("properties").properties().forEach(field -> {
                    var meaning = ((ObjectNode) field.getValue().deepCopy()).remove(NARROWED_BY_TYPE);
                    assertThat(meaning)
                            .as("%s in %s", field.getKey(), type)
                            .isEqualTo(meanings.computeIfAbsent(field.getKey(), _ -> meaning));
                });
        }
    }

    @Test
    void personal_data_stays_out_of_all_events_but_one() {
        types().filter(type -> !type.equals("user.updated"))
                .forEach(type -> assertThat(Document.names(schema(type).path("properties")))
                        .as(type)
                        .doesNotContain("email", "name", "phone", "address"));
    }

    private static JsonNode schema(String type) {
        return TODAY.events().path(type);
    }

    private static Stream<JsonNode> withNested(JsonNode schema) {
        var fields = schema.path("properties").valueStream();
        var elements = schema.has("items") ? Stream.of(schema.get("items")) : Stream.<JsonNode>empty();
        return Stream.concat(Stream.of(schema), Stream.concat(fields, elements).flatMap(EventsTest::withNested));
    }

    private static List<String> faults(String type, JsonNode example) {
        return Validator.faults(schema(type), example);
    }
}
