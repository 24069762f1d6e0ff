package escale.simulator.http;

import java.io.IOException;

/** Bytes that are no request this server understands; the connection ends with this status. */
final class Unreadable extends IOException {

    private final int status;

    Unreadable(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
