package escale.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import escale.simulator.books.Books;
import escale.simulator.books.Events;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.faults.Faults;
import escale.simulator.http.Exchange;
import escale.simulator.http.Handler;
import escale.simulator.http.HttpPort;
import escale.simulator.http.Request;
import escale.simulator.http.Response;
import escale.simulator.webhooks.Endpoint;
import escale.simulator.webhooks.Endpoints;
import escale.simulator.webhooks.Webhooks;
import escale.simulator.wire.JsonOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control port: switches, ledger, figures. It asks for no key, because it exists only where no money is. */
public final class ControlApi implements Handler {

    private static final String REDELIVER = "event=";

    private final Books books;
    private final FaultSwitch faults;
    private final HttpPort provider;
    private final Endpoints endpoints;
    private final Webhooks webhooks;
    private final Figures figures;
    private final Reset reset;

    /** Wipes everything, or says that it may not. */
    @FunctionalInterface
    public interface Reset {
        boolean run() throws IOException;
    }

    public ControlApi(
            Books books,
            FaultSwitch faults,
            HttpPort provider,
            Endpoints endpoints,
            Webhooks webhooks,
            Figures figures,
            Reset reset) {
        this.books = books;
        this.faults = faults;
        this.provider = provider;
        this.endpoints = endpoints;
        this.webhooks = webhooks;
        this.figures = figures;
        this.reset = reset;
    }

    @Override
    public void handle(Request request, Exchange exchange) throws IOException {
        try {
            if (request.path().equals("/ledger") && request.method().equals("GET")) {
                var head = Response.json(200, new byte[0]).with("Content-Type", "application/jsonl");
                exchange.answer(head, books.file(), books.settledLength());
            } else {
                exchange.answer(answer(request));
            }
        } catch (BadBody e) {
            exchange.answer(error(400, e.getMessage()));
        } catch (UncheckedIOException e) {
            exchange.answer(error(500, e.getMessage()));
        }
    }

    private Response answer(Request request) throws IOException {
        return switch (request.method() + " " + request.path()) {
            case "GET /health", "GET /health/readiness", "GET /health/liveness" -> health();
            case "GET /stats" -> Response.json(200, figures.json());
            case "GET /faults" -> written(faults.counted());
            case "PUT /faults" -> change(StrictJson.merged(faults.healthy(), request.body(), Faults.class));
            case "PATCH /faults" -> change(StrictJson.merged(faults.counted(), request.body(), Faults.class));
            case "DELETE /faults" -> change(faults.healthy());
            case "GET /webhooks" -> written(endpoints.registered());
            case "PUT /webhooks" -> register(request);
            case "POST /webhooks/redeliver" -> redeliver(request);
            case "POST /reset" ->
                reset.run()
                        ? Response.json(200, JsonOut.document(out -> out.field("reset", true)))
                        : error(403, "Start the simulator with ALLOW_RESET=true to be able to wipe its ledger.");
            default ->
                error(
                        404,
                        "There is no " + request.method() + " " + request.path() + "; the README lists what there is.");
        };
    }

    private Response health() {
        return Response.json(
                200,
                JsonOut.document(out -> out.field("status", "UP")
                        .field("provider", provider.isOpen() ? "up" : "down")
                        .field("warning", "A simulator for tests: it moves no money.")));
    }

    /** The port moves first: if it cannot be opened again, no switch claims that it was. */
    private synchronized Response change(Faults changed) {
        if (changed.down()) {
            provider.shut();
        } else {
            provider.open();
        }
        faults.set(changed);
        return written(faults.counted());
    }

    private Response register(Request request) {
        List<Endpoint> wanted = StrictJson.list(request.body(), Endpoint.class);
        endpoints.register(wanted);
        return written(wanted);
    }

    private Response redeliver(Request request) {
        var id = request.query().startsWith(REDELIVER) ? request.query().substring(REDELIVER.length()) : "";
        var event = books.ask(state -> Events.find(state, id));
        if (event == null) {
            return error(404, "There is no event '" + id + "'; ask with ?event=evt_...");
        }
        return written(Map.of("event", id, "answers", webhooks.redeliver(event)));
    }

    private static Response written(Object value) {
        try {
            return Response.json(200, StrictJson.MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response error(int status, @Nullable String sentence) {
        return Response.json(status, JsonOut.document(out -> out.field("error", sentence)));
    }
}
