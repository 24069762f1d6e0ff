package escale.simulator.webhooks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** One POST to an endpoint. The oldest client of the JDK is used because it is the cheapest one per call. */
final class Post {

    private static final int CONNECT_MS = 2_000;
    private static final int READ_MS = 10_000;

    static {
        System.setProperty("http.maxConnections", "32"); // kept open per endpoint, instead of 5
        System.setProperty("sun.net.http.retryPost", "false"); // a repeated event must be our decision
    }

    private Post() {}

    /** The status of the answer, or 0 when there was none. */
    static int send(URI url, byte[] payload, String signature) {
        try {
            if (!(url.toURL().openConnection() instanceof HttpURLConnection connection)) {
                return 0;
            }
            connection.setRequestMethod("POST");
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(CONNECT_MS);
            connection.setReadTimeout(READ_MS);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(payload.length);
            connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            connection.setRequestProperty("Stripe-Signature", signature);
            connection.setRequestProperty("User-Agent", "Stripe/1.0 (escale provider simulator)");
            try (var out = connection.getOutputStream()) {
                out.write(payload);
            }
            return drained(connection);
        } catch (IOException _) {
            return 0;
        }
    }

    /** A connection is only kept open when its answer was read to the end. */
    private static int drained(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (body != null) {
            try (body) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        }
        return status;
    }
}
