package escale.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The W3C header that ties the spans of one trace together: version-traceid-parentid-flags, lower-case hex. */
final class Traceparent {
    private static final int LENGTH = 55;

    private Traceparent() {}

    /** A new span of the caller's trace, or of a new trace if the caller's header says nothing valid. */
    static String continued(@Nullable String parent) {
        var hex = HexFormat.of();
        var random = ThreadLocalRandom.current();
        // "| 1": an id of zeros would mean that there is none.
        var span = hex.toHexDigits(random.nextLong() | 1);
        if (parent != null && isValid(parent)) {
            return "00-" + parent.substring(3, 36) + span + (isSampled(parent) ? "-01" : "-00");
        }
        return "00-" + hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()) + "-" + span + "-01";
    }

    /** The part that is the same in every service that takes part. */
    static String traceId(String traceparent) {
        return traceparent.substring(3, 35);
    }

    /** A later version may be longer, if what follows is set off by a dash; ff is no version, zeros are no ids. */
    private static boolean isValid(String parent) {
        int length = parent.length();
        return length >= LENGTH
                && (length == LENGTH || (!parent.startsWith("00") && parent.charAt(LENGTH) == '-'))
                && !parent.startsWith("ff")
                && parent.charAt(2) == '-'
                && parent.charAt(35) == '-'
                && parent.charAt(52) == '-'
                && isHex(parent, 0, 2)
                && isHex(parent, 3, 35)
                && isHex(parent, 36, 52)
                && isHex(parent, 53, 55)
                && !isZero(parent, 3, 35)
                && !isZero(parent, 36, 52);
    }

    private static boolean isSampled(String parent) {
        return (HexFormat.fromHexDigit(parent.charAt(LENGTH - 1)) & 1) == 1;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
