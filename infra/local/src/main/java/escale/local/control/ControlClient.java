package escale.local.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A command's end of the wire. */
public record ControlClient(int port, String token) {
    private static final String EXIT = "exit ";

    static {
        // Java would send an order twice when the first one was not answered.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    /** Sends the order and shows the answer as it comes; returns the exit code. */
    public int send(List<String> words, Consumer<String> show) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
        connection.setConnectTimeout(2_000);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
            out.write(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EXIT)) {
                    return Integer.parseInt(line.substring(EXIT.length()));
                }
                show.accept(line);
            }
        }
        throw new IOException("The supervisor left before it had answered");
    }
}
