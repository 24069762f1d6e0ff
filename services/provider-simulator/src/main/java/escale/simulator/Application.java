package escale.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;

/** Starts the simulator and says where it is. */
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
        try {
            var simulator = Simulator.start(Settings.from(System.getenv()), Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator), "stop"));
            System.out.printf(
                    "Provider simulator ready: API http://localhost:%d, control http://localhost:%d, %d ledger lines."
                            + " It moves no money; never use it in production.%n",
                    simulator.port(), simulator.controlPort(), simulator.lines());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("The provider simulator cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void stop(Simulator simulator) {
        try {
            simulator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
