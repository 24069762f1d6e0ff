package escale.drill;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the invariants of a system that has come to rest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks the invariants: exit 1 when one is broken, 2 when a source cannot be read.")
final class VerifyCommand implements Callable<Integer> {
    private final Clock clock;
    private final PrintWriter out;

    @Mixin
    private final Surroundings surroundings;

    @Option(names = "--log", paramLabel = "FILE|DIR", description = "Client logs (default: all of this world)")
    private @Nullable Path log;

    @Option(
            names = "--wait",
            description = "How long to wait for rest, and then for the next mail to leave (default ${DEFAULT-VALUE})",
            defaultValue = "60s")
    private Duration wait = Duration.ZERO;

    @Option(names = "--json", description = "The findings as JSON")
    private boolean json;

    VerifyCommand(Map<String, String> environment, Clock clock, PrintWriter out) {
        this.surroundings = new Surroundings(environment);
        this.clock = clock;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var where = surroundings.addresses();
        var holds = new Prove(where, surroundings.businessTime(clock), out)
                .proven(log == null ? where.loads() : log, wait, json);
        return holds ? 0 : 1;
    }
}
