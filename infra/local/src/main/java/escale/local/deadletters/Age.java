package escale.local.deadletters;

import escale.local.supervision.CannotStart;
import java.time.Duration;

/** How long ago, as people write it: {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
final class Age {
    private Age() {}

    static Duration of(String text) {
        if (!text.matches("\\d{1,6}[smhd]")) {
            throw new CannotStart("'" + text + "' is no age: 90s, 15m, 2h or 3d");
        }
        var number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
