package escale.drill.levers;

import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one command of the repository, by which parts are killed and scaled. */
public final class Launcher {
    private static final int PATIENCE_SECONDS = 120;

    private final Path script;

    public Launcher(Path root) {
        this.script = root.resolve("escale").toAbsolutePath();
    }

    /** As kill -9 does; the launcher starts it again. */
    public void kill(String part) {
        run("kill", part);
    }

    /** The same, and when it is back it halts once at this failpoint. */
    public void kill(String service, String failpoint) {
        run("kill", service, "--failpoint", failpoint);
    }

    /** With a failpoint, at which it halts once; returns when it is ready, or was and has halted already. */
    public void restart(String service, String failpoint) {
        run("restart", service, "--failpoint", failpoint);
    }

    public void restart(String part) {
        run("restart", part);
    }

    /** Returns when it is ready, for instance again. */
    public void await(String part) {
        run("await", part);
    }

    /** In order; it stays away until it is started. */
    public void stop(String part) {
        run("stop", part);
    }

    public void start(String part) {
        run("start", part);
    }

    /** By a step such as {@code +25h}; steps add up. */
    public void moveClock(String step) {
        run("clock", step);
    }

    public void scale(String service, int instances) {
        run("scale", service, Integer.toString(instances));
    }

    private void run(String... words) {
        if (!Files.isExecutable(script)) {
            throw new Unreachable("There is no launcher at " + script + "; set ESCALE_ROOT to the repository");
        }
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new Unreachable("escale " + String.join(" ", words) + " failed: " + said.strip());
            }
        } catch (IOException e) {
            throw new Unreachable("The launcher " + script + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted", e);
        }
    }
}
