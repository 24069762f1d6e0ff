package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Names what is wrong with a document by its schema, formats included. */
final class Validator {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private Validator() {}

    static List<String> faults(JsonNode schema, JsonNode document) {
        return faults(SCHEMAS.getSchema(schema, STRICT), document);
    }

    static List<String> faultsOfSchema(JsonNode schema) {
        return faults(SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012), STRICT), schema);
    }

    private static List<String> faults(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
