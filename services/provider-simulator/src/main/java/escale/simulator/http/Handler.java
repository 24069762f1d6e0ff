package escale.simulator.http;

import java.io.IOException;

/** Answers the requests of one port; called on the thread of the connection, which it may keep as long as it likes. */
@FunctionalInterface
public interface Handler {

    void handle(Request request, Exchange exchange) throws IOException, InterruptedException;
}
