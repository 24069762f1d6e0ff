package escale.simulator.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One request waiting for its answer, and every way, good or bad, to give it one. */
public interface Exchange {

    void answer(Response response) throws IOException;

    /** Answers with the first {@code length} bytes of a file. */
    void answer(Response head, Path file, long length) throws IOException;

    /** Sends the head at once and the body byte by byte, so that a time-out per read never fires. */
    void drip(Response response, Duration betweenBytes) throws IOException, InterruptedException;

    /** Announces the whole body, sends half of it and closes. */
    void truncate(Response response) throws IOException;

    /** Closes the connection with a TCP reset and without an answer. */
    void reset() throws IOException;

    /** Says nothing until the client gives up or the bound is reached, then closes. */
    void stayMute(Duration atMost) throws IOException;
}
