package escale.simulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one connection, one after the other; what was read too far belongs to the next one. */
final class RequestReader {

    private static final int LARGEST_HEAD = 64 * 1024;
    private static final int LARGEST_BODY = 1024 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[4096];
    private int filled;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request, or null when the client has closed the connection between two of them. */
    @Nullable
    Request next() throws IOException {
        int head = endOfHead(0);
        while (head < 0) {
            if (filled >= LARGEST_HEAD) {
                throw new Unreadable(431, "the request head is longer than " + LARGEST_HEAD + " bytes");
            }
            int before = filled;
            if (!fill()) {
                return null;
            }
            head = endOfHead(Math.max(0, before - 3));
        }
        var lines = new String(buffer, 0, head, ISO_8859_1).split("\r\n");
        var headers = headers(lines);
        int end = head + bodyLength(headers);
        while (filled < end) {
            if (!fill()) {
                throw new EOFException("the client closed the connection in the middle of its request");
            }
        }
        var body = new String(buffer, head, end - head, UTF_8);
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        return request(lines.length == 0 ? "" : lines[0], headers, body);
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read >= 0;
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static Map<String, String> headers(String[] lines) throws Unreadable {
        Map<String, String> headers = HashMap.newHashMap(lines.length);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                throw new Unreadable(400, "a header line has no name");
            }
            var value = lines[i].substring(colon + 1).strip();
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
                throw new Unreadable(400, "a header value holds a line break"); // some are echoed
            }
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), value);
        }
        return headers;
    }

    private static int bodyLength(Map<String, String> headers) throws Unreadable {
        if (headers.containsKey("transfer-encoding")) {
            throw new Unreadable(411, "a body must come with its Content-Length");
        }
        var declared = headers.getOrDefault("content-length", "0");
        try {
            int length = Integer.parseUnsignedInt(declared);
            if (length < 0 || length > LARGEST_BODY) {
                throw new Unreadable(413, "the body is longer than " + LARGEST_BODY + " bytes");
            }
            return length;
        } catch (NumberFormatException _) {
            throw new Unreadable(400, "Content-Length is no number: " + declared);
        }
    }

    private static Request request(String line, Map<String, String> headers, String body) throws Unreadable {
        var parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new Unreadable(400, "this is no HTTP/1.1 request line");
        }
        if (parts[2].equals("HTTP/1.0")) {
            headers.putIfAbsent("connection", "close");
        }
        int question = parts[1].indexOf('?');
        return question < 0
                ? new Request(parts[0], parts[1], "", headers, body)
                : new Request(
                        parts[0], parts[1].substring(0, question), parts[1].substring(question + 1), headers, body);
    }
}
