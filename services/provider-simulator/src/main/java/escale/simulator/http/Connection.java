package escale.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;

/** One client connection: reads a request, has it answered, reads the next. Who opened it closes it. */
final class Connection implements Runnable {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private static final int PATIENCE_MS = 500;
    private static final int LONGEST_REST = 4 * 1024 * 1024;

    private final Socket socket;
    private final Handler handler;
    private final InputStream in;
    private final Exchange exchange;

    Connection(Socket socket, Handler handler) throws IOException {
        this.socket = socket;
        this.handler = handler;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        exchange = new Exchange(socket);
    }

    @Override
    public void run() {
        try {
            var requests = new RequestReader(in);
            boolean more = true;
            while (more) {
                var request = requests.next();
                if (request == null) {
                    return;
                }
                handler.handle(request, exchange);
                more = staysOpen(request) && !socket.isClosed();
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

    /** The answer to a HEAD carries a body here, which its reader would take for the next answer. */
    private static boolean staysOpen(Request request) {
        return !"close".equalsIgnoreCase(request.header("connection"))
                && !request.method().equals("HEAD");
    }

    /** What the client still says is heard out: closing on it could take the answer away from him again. */
    private void refuse(Unreadable e) {
        try {
            var sentence = (e.getMessage() + "\n").getBytes(UTF_8);
            exchange.answer(new Response(
                    e.status(), Map.of("Connection", "close", "Content-Type", "text/plain; charset=utf-8"), sentence));
            socket.shutdownOutput();
            socket.setSoTimeout(PATIENCE_MS);
            in.skipNBytes(LONGEST_REST);
        } catch (IOException _) {
            // It is closed either way.
        }
    }
}
