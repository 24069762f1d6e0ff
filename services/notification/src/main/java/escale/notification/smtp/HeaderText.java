package escale.notification.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import escale.notification.letter.Letter;
import java.util.Base64;

/** What somebody typed, as the value of a header: it is read as it was typed, and can neither end the header nor begin another. */
final class HeaderText {
    /** So many bytes make an encoded word that leaves room for the name of a header in a line of 76. */
    private static final int WORD = 39;
    /** Longer than this nothing stands in one piece, for a line has its limits. */
    private static final int ONE_PIECE = 60;

    private HeaderText() {}

    /** Text that is read by people only. */
    static String of(String text) {
        var line = Letter.oneLine(text);
        return isSimple(line) ? line : encoded(line);
    }

    /** The name in front of an address. */
    static String name(String text) {
        var line = Letter.oneLine(text);
        return isSimple(line) ? "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : encoded(line);
    }

    /** What only looks like an encoded word is encoded as well, or readers would decode it. */
    private static boolean isSimple(String line) {
        return line.length() <= ONE_PIECE
                && !line.contains("=?")
                && line.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** Words that each can be read by themselves (RFC 2047): none ends within a character. */
    private static String encoded(String line) {
        var words = new StringBuilder();
        for (var from = 0; from < line.length(); ) {
            var to = from;
            for (var bytes = 0; to < line.length(); ) {
                var next = line.offsetByCodePoints(to, 1);
                bytes += line.substring(to, next).getBytes(UTF_8).length;
                if (bytes > WORD) {
                    break;
                }
                to = next;
            }
            var word = line.substring(from, to).getBytes(UTF_8);
            words.append(from == 0 ? "" : "\r\n ")
                    .append("=?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(word))
                    .append("?=");
            from = to;
        }
        return words.toString();
    }
}
