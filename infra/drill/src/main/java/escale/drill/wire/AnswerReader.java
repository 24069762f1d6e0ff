package escale.drill.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 answers, one after the other, from one connection. */
final class AnswerReader {
    private static final int LONGEST_LINE = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private int from;
    private int to;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    Answer read() throws IOException {
        var status = status(line());
        var headers = headers();
        if (status == 204 || status == 304) {
            return new Answer(status, headers, new byte[0]);
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new Answer(status, headers, chunks());
        }
        var length = headers.get("content-length");
        if (length == null) {
            throw new ProtocolException("The answer does not say how long it is");
        }
        return new Answer(status, headers, bytes(number(length, 10)));
    }

    private static int status(String line) throws ProtocolException {
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new ProtocolException("Not an HTTP answer: " + line);
        }
        return number(line.substring(9, 12), 10);
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            if (colon < 0) {
                throw new ProtocolException("Not a header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (var size = chunkSize(); size > 0; size = chunkSize()) {
            whole.writeBytes(bytes(size));
            line();
        }
        headers();
        return whole.toByteArray();
    }

    private int chunkSize() throws IOException {
        var line = line();
        var extension = line.indexOf(';');
        return number(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (var next = next(); next != '\n'; next = next()) {
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("A line of the answer does not end");
            }
            if (next != '\r') {
                line.append((char) (next & 0xff));
            }
        }
        return line.toString();
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        var done = Math.min(count, to - from);
        System.arraycopy(buffer, from, bytes, 0, done);
        from += done;
        if (in.readNBytes(bytes, done, count - done) < count - done) {
            throw new EOFException("The answer ends in its middle");
        }
        return bytes;
    }

    private byte next() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
            if (to == 0) {
                throw new EOFException("The connection was closed");
            }
        }
        return buffer[from++];
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            return Integer.parseUnsignedInt(text.strip(), radix);
        } catch (NumberFormatException e) {
            throw (ProtocolException) new ProtocolException("Not a number: " + text).initCause(e);
        }
    }
}
