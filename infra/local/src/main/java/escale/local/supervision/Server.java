package escale.local.supervision;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One part as it runs: at most one process, or family of processes, at a time. Its instance sees to it that calls take turns. */
public interface Server {
    /** The end of a process that came to its failpoint. */
    String HALTED = "halted at its failpoint";

    /** Returns when it answers; throws {@link CannotStart} when it does not come up. Also starts it again after its end. */
    void start() throws InterruptedException;

    /** Its next start, and no later one, is with this failpoint: there it halts. Only services have any. */
    default void arm(String failpoint) {
        throw new CannotStart("There is no failpoint to halt at.");
    }

    /** Lets it end well, and kills it when it does not. */
    void stop();

    void kill();

    boolean running();

    /** The process, or the first of its family, once there was one. */
    Optional<ProcessHandle> process();

    /** How it ended, as it follows its name: {@code was killed (SIGKILL)}. */
    String end();

    /** Where it listens, the port people use first. */
    List<Integer> ports();

    /** Where it writes what it has to say. */
    Path log();
}
