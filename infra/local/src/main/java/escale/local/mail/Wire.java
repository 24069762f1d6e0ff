package escale.local.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The two directions of a conversation in lines. What is said leaves before the next wait: all of it together. */
final class Wire {
    private final InputStream in;
    private final OutputStream out;
    private final int longest;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final byte[] piece = new byte[16 * 1024];
    private int at;
    private int end;

    Wire(InputStream in, OutputStream out, int longest) {
        this.in = in;
        this.out = out;
        this.longest = longest;
    }

    void say(byte[] words) {
        unsent.writeBytes(words);
    }

    /** The next line without its end, of which no more is kept than the longest allowed and a little; null at the end. */
    byte @Nullable [] line() throws IOException {
        var line = new ByteArrayOutputStream(128);
        while (at < end || listen()) {
            var start = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            if (line.size() <= longest) {
                line.write(piece, start, at - start);
            }
            if (at < end) {
                at++;
                return withoutReturn(line.toByteArray());
            }
        }
        flush();
        return null;
    }

    private boolean listen() throws IOException {
        flush();
        at = 0;
        end = Math.max(0, in.read(piece));
        return end > 0;
    }

    void flush() throws IOException {
        unsent.writeTo(out);
        unsent.reset();
    }

    private static byte[] withoutReturn(byte[] line) {
        var length = line.length;
        return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
    }
}
