package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What an HTTP door promises its clients: that each request they send is still understood and each answer still read. */
record ApiGate(Breaks breaks, SchemaGate requests, SchemaGate responses) {
    ApiGate(Breaks breaks) {
        this(
                breaks,
                new SchemaGate(breaks, SchemaGate.Traffic.REQUEST),
                new SchemaGate(breaks, SchemaGate.Traffic.RESPONSE));
    }

    void compare(String where, JsonNode released, JsonNode current) {
        breaks.each(where + " ", released.path("paths"), current.path("paths"), this::comparePath);
    }

    private void comparePath(String where, JsonNode released, JsonNode current) {
        breaks.each(where + " ", released, current, this::compareOperation);
    }

    private void compareOperation(String where, JsonNode released, JsonNode current) {
        compareParameters(where + " ", parameters(released), parameters(current));
        compareBody(where + " body", released.path("requestBody"), current.path("requestBody"));
        breaks.each(where + " ", released.path("responses"), current.path("responses"), this::compareResponse);
    }

    private void compareParameters(String where, JsonNode released, JsonNode current) {
        breaks.each(where, released, current, (parameter, before, now) -> {
            breaks.unchanged(parameter, "in", before, now);
            requests.compare(parameter, before.path("schema"), now.path("schema"));
        });
        current.properties()
                .forEach(now -> compareRequired(where + now.getKey(), released.path(now.getKey()), now.getValue()));
    }

    private void compareBody(String where, JsonNode released, JsonNode current) {
        compareRequired(where, released, current);
        compareContent(where, released, current, requests);
    }

    private void compareResponse(String where, JsonNode released, JsonNode current) {
        breaks.each(where + " header ", released.path("headers"), current.path("headers"), (header, before, now) -> {
            if (before.path("required").asBoolean() && !now.path("required").asBoolean()) {
                breaks.refuse(header, "is no longer certain");
            }
            responses.compare(header, before.path("schema"), now.path("schema"));
        });
        compareContent(where, released, current, responses);
    }

    private void compareContent(String where, JsonNode released, JsonNode current, SchemaGate schemas) {
        breaks.each(
                where + " ",
                released.path("content"),
                current.path("content"),
                (type, before, now) -> schemas.compare(type, before.path("schema"), now.path("schema")));
    }

    private void compareRequired(String where, JsonNode released, JsonNode current) {
        if (current.path("required").asBoolean() && !released.path("required").asBoolean()) {
            breaks.refuse(where, "is required now");
        }
    }

    private static JsonNode parameters(JsonNode operation) {
        var byName = JsonNodeFactory.instance.objectNode();
        operation
                .path("parameters")
                .forEach(parameter -> byName.set(parameter.path("name").asText(), parameter));
        return byName;
    }
}
