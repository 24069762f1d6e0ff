package escale.simulator.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON that forgives nothing: an operator who mistypes a switch must hear of it. */
final class StrictJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private StrictJson() {}

    /** The given value with what the body says laid over it, field by field. */
    static <T> T merged(T base, String body, Class<T> type) {
        try {
            if (!(MAPPER.readTree(body) instanceof ObjectNode changes)) {
                throw new BadBody("The body must be a JSON object.");
            }
            return MAPPER.treeToValue(lay(changes, MAPPER.valueToTree(base)), type);
        } catch (JsonProcessingException e) {
            throw new BadBody(sentence(e));
        }
    }

    private static ObjectNode lay(ObjectNode changes, ObjectNode over) {
        for (var change : changes.properties()) {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                throw new BadBody(change.getKey() + " must not be null.");
            }
            if (value instanceof ObjectNode inner && over.get(change.getKey()) instanceof ObjectNode oldInner) {
                lay(inner, oldInner);
            } else {
                over.set(change.getKey(), value);
            }
        }
        return over;
    }

    static <T> List<T> list(String body, Class<T> type) {
        try {
            if (!(MAPPER.readTree(body) instanceof ArrayNode items)) {
                throw new BadBody("The body must be a JSON list.");
            }
            var list = new ArrayList<T>(items.size());
            for (var item : items) {
                if (!item.isObject()) {
                    throw new BadBody("The list must hold JSON objects.");
                }
                list.add(MAPPER.treeToValue(item, type));
            }
            return list;
        } catch (JsonProcessingException e) {
            throw new BadBody(sentence(e));
        }
    }

    private static String sentence(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "There is no field " + where(unknown) + "; known there are "
                        + listed(unknown.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted());
            case InvalidFormatException wrong
            when wrong.getTargetType().isEnum() ->
                where(wrong) + " cannot be \"" + wrong.getValue() + "\"; known are "
                        + listed(Arrays.stream(wrong.getTargetType().getEnumConstants())
                                .map(constant -> MAPPER.valueToTree(constant).asText()));
            case ValueInstantiationException refused
            when refused.getCause() != null ->
                "Not accepted: " + refused.getCause().getMessage() + ".";
            case MismatchedInputException wrong -> where(wrong) + " must be " + wanted(wrong.getTargetType()) + ".";
            default -> "The body is not JSON: " + e.getOriginalMessage();
        };
    }

    private static String listed(Stream<String> names) {
        return names.collect(Collectors.joining(", ", "", "."));
    }

    private static String wanted(Class<?> type) {
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == String.class) {
            return "a text";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String where(JsonMappingException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "The body" : path.toString();
    }
}
