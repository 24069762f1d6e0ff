package escale.drill.levers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.wire.Answer;
import escale.drill.wire.Connection;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The switches of the provider simulator. */
public final class Provider {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI control;

    public Provider(URI control) {
        this.control = control;
    }

    public void heal() {
        call("DELETE", "/faults", "");
    }

    /** Connections are refused. */
    public void goDown() {
        put("{\"down\":true}");
    }

    public void answerAfter(Duration latency) {
        put("{\"latencyMs\":" + latency.toMillis() + "}");
    }

    /** All switches in one JSON object; what is left out is healthy. */
    public void put(String faults) {
        call("PUT", "/faults", faults);
    }

    public JsonNode stats() {
        return call("GET", "/stats", "");
    }

    /** As the traveller does, on the page of the bank that the link leads to; whether the money was taken. */
    public boolean approve(URI link) {
        try (var bank = new Connection(link, PATIENCE)) {
            return bank.exchange(bank.request("POST", link.getPath() + "/approve", "", ""))
                            .status()
                    < 400;
        } catch (IOException e) {
            throw new Unreachable("The bank does not answer at " + link, e);
        }
    }

    private JsonNode call(String method, String path, String body) {
        Answer answer;
        try (var connection = new Connection(control, PATIENCE)) {
            answer = connection.exchange(connection.request(method, path, "", body));
        } catch (IOException e) {
            throw new Unreachable("The provider simulator does not answer at " + control, e);
        }
        if (answer.status() != 200) {
            throw new Unreachable("The provider simulator answered " + answer.status() + ": " + answer.text());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Unreachable("The provider simulator at " + control + " does not speak JSON", e);
        }
    }
}
