package escale.notification.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text as it passes servers that know only ASCII and short lines (RFC 2045, 6.7), and stays readable on the way. */
final class QuotedPrintable {
    private static final String HEX = "0123456789ABCDEF";
    /** Of 76 that a line may have: what comes next may take three, and the mark of a line that goes on takes one. */
    private static final int FULL = 72;

    private QuotedPrintable() {}

    static void append(String text, StringBuilder to) {
        var bytes = text.getBytes(UTF_8);
        var column = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (endsLine(bytes, i)) {
                i += bytes[i] == '\r' ? 1 : 0;
                to.append("\r\n");
                column = 0;
                continue;
            }
            if (column > FULL) {
                to.append("=\r\n");
                column = 0;
            }
            if (isPlain(bytes, i, column)) {
                to.append((char) bytes[i]);
                column++;
            } else {
                to.append('=').append(HEX.charAt((bytes[i] >> 4) & 0xf)).append(HEX.charAt(bytes[i] & 0xf));
                column += 3;
            }
        }
    }

    private static boolean endsLine(byte[] bytes, int i) {
        return bytes[i] == '\n' || (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n');
    }

    /** A dot that begins a line means something to the server, a blank that ends one is lost on the way. */
    private static boolean isPlain(byte[] bytes, int i, int column) {
        return switch (bytes[i]) {
            case ' ', '\t' -> i + 1 < bytes.length && !endsLine(bytes, i + 1);
            case '.' -> column > 0;
            case '=' -> false;
            default -> bytes[i] > ' ' && bytes[i] < 0x7f;
        };
    }
}
