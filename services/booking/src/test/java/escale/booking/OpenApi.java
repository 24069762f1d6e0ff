package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The contract of the doors, which answers are held against. Clients ignore what they do not know; we do not send what
 * we did not promise. Only problems may have members of their own.
 */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode CONTRACT = read();

    private OpenApi() {}

    private static ObjectNode read() {
        try (var yaml = OpenApi.class.getResourceAsStream("/contracts/openapi/booking.yaml")) {
            Map<String, Object> document = new Yaml().load(yaml);
            return JSON.valueToTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertValid(String schema, String json) {
        var root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", CONTRACT.get("components").deepCopy());
        if (!schema.equals("Problem") && root.at("/components/schemas/" + schema) instanceof ObjectNode closed) {
            closed.put("additionalProperties", false);
        }
        try {
            var faults = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(root)
                    .validate(JSON.readTree(json));
            if (!faults.isEmpty()) {
                throw new AssertionError(json + " is no " + schema + ": " + faults);
            }
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + json, e);
        }
    }

    /** The code of a problem, which is answered with this status and as the contract says. */
    static String refusal(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertValid("Problem", answer.body());
        return answer.body().replaceAll("(?s).*\"code\":\"([^\"]+)\".*", "$1");
    }
}
