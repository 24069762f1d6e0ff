package escale.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Java has no call for: to freeze a process and all it has started, and to let them go on. */
enum Signal {
    STOP,
    CONTINUE;

    void send(Server server) {
        if (!server.running()) {
            return;
        }
        var command = new ArrayList<>(List.of("kill", this == STOP ? "-STOP" : "-CONT"));
        server.process().stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
