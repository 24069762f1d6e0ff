package escale.drill;

import escale.drill.wire.Unreachable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code load}, {@code verify} and {@code drill}. */
@Command(
        name = "escale",
        mixinStandardHelpOptions = true,
        description = "Loads Escale, breaks parts of it, and proves what must hold.")
final class Application {
    private static final int CANNOT_TELL = 2;

    private Application() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(commands(System.getenv(), Clock.systemUTC(), out).execute(args));
    }

    static CommandLine commands(Map<String, String> environment, Clock clock, PrintWriter out) {
        return new CommandLine(new Application())
                .addSubcommand(new LoadCommand(environment, clock, out))
                .addSubcommand(new VerifyCommand(environment, clock, out))
                .addSubcommand(new DrillCommand(environment, clock, out))
                .registerConverter(Duration.class, new Spans())
                .setOut(out)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof Unreachable) {
                        command.getErr().println(Objects.requireNonNullElse(failure.getMessage(), "Unreachable"));
                        return CANNOT_TELL;
                    }
                    throw failure;
                });
    }
}
