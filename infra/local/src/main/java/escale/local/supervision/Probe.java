package escale.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** An address that answers 200 once a program is ready. */
public record Probe(URI address) {
    private static final int MILLIS = 2_000;

    /** By number, because the name may first be tried as IPv6, where nobody listens. */
    public static Probe at(int port, String path) {
        return new Probe(URI.create("http://127.0.0.1:" + port + path));
    }

    boolean ready() {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException | UncheckedIOException notYet) {
            return false;
        }
    }
}
