package escale.drill;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How people write durations and shares: {@code 200ms}, {@code 60s}, {@code 5m}, {@code 10%}. */
final class Spans implements ITypeConverter<Duration> {
    private static final Pattern SPAN = Pattern.compile("([0-9]+)(ms|s|m|h)");
    private static final Pattern SHARE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)%");

    @Override
    public Duration convert(String text) {
        var span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new TypeConversionException("'" + text + "' is no time; write 200ms, 60s, 5m or 1h");
        }
        var number = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case String other -> throw new TypeConversionException("'" + other + "' is no unit");
        };
    }

    /** The same for a share, 0 to 1. */
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            var share = SHARE.matcher(text);
            if (!share.matches() || Double.parseDouble(share.group(1)) > 100) {
                throw new TypeConversionException("'" + text + "' is no share; write 10%");
            }
            return Double.parseDouble(share.group(1)) / 100;
        }
    }
}
