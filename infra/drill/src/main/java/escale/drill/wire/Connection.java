package escale.drill.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection to a service, for one request at a time and one thread at a time. It opens itself when it is
 * needed and again after it broke; a request on which it broke is not repeated here, because it may have had its effect.
 */
public final class Connection implements AutoCloseable {
    /** Below the idle time-out of the services, so that a request never meets a connection that is just being closed. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int CONNECT_MILLIS = 2_000;

    private final URI base;
    private final int timeoutMillis;
    private @Nullable Socket socket;
    private @Nullable AnswerReader reader;
    private long usedAt;

    public Connection(URI base, Duration timeout) {
        this.base = base;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /** Sends a whole request, head and body, and reads its answer. */
    public Answer exchange(byte[] request) throws IOException {
        try {
            var open = open();
            open.getOutputStream().write(request);
            var answer = reader().read();
            usedAt = System.nanoTime();
            if ("close".equalsIgnoreCase(answer.headers().get("connection"))) {
                close();
            }
            return answer;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A request with a body of JSON, or none, ready to be sent; {@code headers} are whole lines. */
    public byte[] request(String method, String path, String headers, String body) {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head = method + " " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n" + headers
                + (content.length == 0 ? "" : "Content-Type: application/json\r\n") + "Content-Length: "
                + content.length + "\r\n\r\n";
        var start = head.getBytes(StandardCharsets.ISO_8859_1);
        var whole = new byte[start.length + content.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        return whole;
    }

    private Socket open() throws IOException {
        var known = socket;
        if (known != null && System.nanoTime() - usedAt < STALE_NANOS) {
            return known;
        }
        close();
        var fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(timeoutMillis);
            fresh.connect(new InetSocketAddress(base.getHost(), port()), CONNECT_MILLIS);
            reader = new AnswerReader(fresh.getInputStream());
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
        usedAt = System.nanoTime();
        return fresh;
    }

    private AnswerReader reader() throws IOException {
        if (reader == null) {
            throw new IOException("The connection is not open");
        }
        return reader;
    }

    private int port() {
        return base.getPort() < 0 ? 80 : base.getPort();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException _) {
            // It is not used again, whatever became of it.
        }
        socket = null;
        reader = null;
    }
}
