package escale.simulator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a call, form-encoded with bracketed names; whatever they get wrong is refused here. */
final class Params {

    private static final int FINGERPRINT = 12;
    private static final int MOST = 1000;

    private final Map<String, String> values;

    private Params(Map<String, String> values) {
        this.values = values;
    }

    static Params parse(String encoded) {
        var values = new TreeMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                put(values, name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
            if (values.size() > MOST) {
                throw new InvalidRequest(
                        Refusal.invalid("parameter_invalid", "A call has up to " + MOST + " parameters.", null));
            }
        }
        return new Params(values);
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (!name.endsWith("[]")) {
            values.put(name, value);
            return;
        }
        var list = name.substring(0, name.length() - 1);
        int index = 0;
        while (values.putIfAbsent(list + index + "]", value) != null) {
            index++;
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException _) {
            throw new InvalidRequest(Refusal.invalid("parameter_invalid", "Invalid form encoding: " + text, null));
        }
    }

    /** The same parameters, in whatever order, have the same fingerprint. */
    String fingerprint() {
        try {
            var written = new StringBuilder();
            values.forEach((name, value) -> {
                written.append(name.length()).append(':').append(name);
                written.append(value.length()).append(':').append(value);
            });
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(written.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, FINGERPRINT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    void allowOnly(Set<String> roots) {
        for (var name : values.keySet()) {
            int bracket = name.indexOf('[');
            if (!roots.contains(bracket < 0 ? name : name.substring(0, bracket))) {
                throw invalid("parameter_unknown", "Received unknown parameter: " + name, name);
            }
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    @Nullable
    String text(String name) {
        var value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String required(String name) {
        var value = text(name);
        if (value == null) {
            throw new InvalidRequest(Refusal.missing(name));
        }
        return value;
    }

    boolean flag(String name) {
        return switch (values.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("parameter_invalid", "Invalid boolean: " + values.get(name), name);
        };
    }

    @Nullable
    Long integer(String name) {
        var value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException _) {
            throw invalid("parameter_invalid_integer", "Invalid integer: " + value, name);
        }
    }

    long integer(String name, long otherwise) {
        var value = integer(name);
        return value == null ? otherwise : value;
    }

    /** The entries of a bracketed parameter such as {@code metadata[key]}, empty values included. */
    Map<String, String> map(String name) {
        var prefix = name + "[";
        var inBrackets = values.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.endsWith("]"))
                .toList();
        Map<String, String> entries = LinkedHashMap.newLinkedHashMap(inBrackets.size());
        for (var key : inBrackets) {
            entries.put(key.substring(prefix.length(), key.length() - 1), values.getOrDefault(key, ""));
        }
        return Collections.unmodifiableMap(entries);
    }

    static InvalidRequest invalid(String code, String message, String param) {
        return new InvalidRequest(Refusal.invalid(code, message, param));
    }
}
