package escale.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** Starts the simulator and says where it is. */
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
        var log = System.getLogger(Application.class.getName());
        try {
            var simulator = Simulator.start(Settings.from(System.getenv()), Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator), "stop"));
            log.log(
                    Level.INFO,
                    "Provider simulator ready: API http://localhost:%d, control http://localhost:%d, %d ledger lines. It moves no money; never use it in production."
                            .formatted(simulator.port(), simulator.controlPort(), simulator.lines()));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            log.log(Level.ERROR, "The provider simulator cannot start: " + e.getMessage());
            System.exit(1);
        }
        if (System.getenv("ESCALE_PARENT_PIPE") != null) {
            leaveWithTheParent();
        }
    }

    /** The launcher holds our standard input; when it ends, however it ended, so do we. */
    private static void leaveWithTheParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // the same as its end
        }
        System.exit(0);
    }

    private static void stop(Simulator simulator) {
        try {
            simulator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
