package escale.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The client's side of a request: every way, good or bad, to answer it. */
public final class Exchange {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Exchange(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    public void answer(Response response) throws IOException {
        out.write(response.bytes());
    }

    /** Answers with the first {@code length} bytes of a file. */
    public void answer(Response head, Path file, long length) throws IOException {
        out.write(head.head(length));
        try (var content = Files.newInputStream(file)) {
            var chunk = new byte[64 * 1024];
            long left = length;
            while (left > 0) {
                int read = content.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) {
                    throw new IOException("the file became shorter while it was sent");
                }
                out.write(chunk, 0, read);
                left -= read;
            }
        }
    }

    /** Sends the head at once and the body byte by byte, so that a time-out per read never fires. */
    public void drip(Response response, Duration betweenBytes) throws IOException, InterruptedException {
        out.write(response.head(response.body().length));
        for (byte drop : response.body()) {
            Thread.sleep(betweenBytes);
            out.write(drop);
        }
    }

    /** Announces the whole body, sends half of it and closes. */
    public void truncate(Response response) throws IOException {
        var whole = response.bytes();
        out.write(Arrays.copyOf(whole, whole.length - response.body().length / 2));
        socket.close();
    }

    /** Closes the connection with a TCP reset and without an answer. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says nothing until the client gives up or the bound is reached, then closes. */
    public void stayMute(Duration atMost) throws IOException {
        try {
            socket.setSoTimeout(Math.max(1, (int) atMost.toMillis()));
            int _ = in.read(); // -1: the client gave up; a byte: it talks on, and gets no answer to that either
        } catch (SocketTimeoutException _) {
            // The bound is reached.
        } finally {
            socket.close();
        }
    }
}
