package escale.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What is asked of child processes, never without a deadline. */
final class Child {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    private Child() {}

    /** For a program that does one thing and ends: what it said is part of the exception when it failed. */
    static void requireSuccess(Process process, String otherwise) throws IOException {
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!ended(process, DEADLINE) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new StartFailure(otherwise + ": " + said.strip());
        }
    }

    /** Waits until the child has written that line to its standard output; false when it ends or the deadline passes. */
    static boolean announces(Process child, String line, Duration deadline) {
        var heard = new FutureTask<>(() -> child.inputReader().lines().anyMatch(line::equals));
        Thread.ofVirtual().start(heard);
        try {
            return heard.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            release(child);
            throw interrupted(e);
        }
    }

    /** Closes our end of the pipe to the child's standard input, which is how it is told to stop. */
    static void release(Process child) {
        try {
            child.getOutputStream().close();
        } catch (IOException e) {
            // Nobody reads the pipe any more: the child is gone, which is what was wanted.
        }
    }

    static boolean ended(Process process, Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** For what can only be asked again and again, such as the end of a process that is not our child. */
    static boolean becomesTrue(BooleanSupplier condition, Duration deadline) {
        var end = System.nanoTime() + deadline.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.sleep(POLL);
            }
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StartFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartFailure("Interrupted while waiting for a server process.", e);
    }
}
