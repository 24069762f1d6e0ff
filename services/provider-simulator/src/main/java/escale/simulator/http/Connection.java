package escale.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** One client connection: reads a request, has it answered, reads the next. */
final class Connection implements Exchange, Runnable {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final Socket socket;
    private final Handler handler;
    private final InputStream in;
    private final OutputStream out;
    private boolean lastOne;

    Connection(Socket socket, Handler handler) throws IOException {
        this.socket = socket;
        this.handler = handler;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    @Override
    public void run() {
        try (socket) {
            var requests = new RequestReader(in);
            for (var request = requests.next(); request != null; request = lastOne ? null : requests.next()) {
                lastOne = "close".equalsIgnoreCase(request.header("connection"));
                handler.handle(request, this);
            }
        } catch (Unreadable e) {
            refuse(e);
        } catch (IOException _) {
            // The client went away, or the provider went down: there is nobody to tell.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request could not be handled, its connection is closed", e);
        }
    }

    private void refuse(Unreadable e) {
        try {
            var sentence = (e.getMessage() + "\n").getBytes(UTF_8);
            answer(new Response(e.status(), Map.of("Connection", "close"), sentence));
            socket.close();
        } catch (IOException _) {
            // It is closed either way.
        }
    }

    @Override
    public void answer(Response response) throws IOException {
        out.write(response.bytes());
    }

    @Override
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

    @Override
    public void drip(Response response, Duration betweenBytes) throws IOException, InterruptedException {
        out.write(response.head(response.body().length));
        for (byte drop : response.body()) {
            Thread.sleep(betweenBytes);
            out.write(drop);
        }
    }

    @Override
    public void truncate(Response response) throws IOException {
        var whole = response.bytes();
        out.write(Arrays.copyOf(whole, whole.length - response.body().length / 2));
        end();
    }

    @Override
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        end();
    }

    @Override
    public void stayMute(Duration atMost) throws IOException {
        try {
            socket.setSoTimeout(Math.max(1, (int) atMost.toMillis()));
            int _ = in.read(); // -1: the client gave up; a byte: it talks on, and gets no answer to that either
        } catch (SocketTimeoutException _) {
            // The bound is reached.
        } finally {
            end();
        }
    }

    private void end() throws IOException {
        lastOne = true;
        socket.close();
    }
}
