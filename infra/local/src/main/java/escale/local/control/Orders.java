package escale.local.control;

import java.util.List;
import java.util.function.Consumer;

/** Whoever does what a command wants. */
@FunctionalInterface
public interface Orders {
    /**
     * Does it, and says so.
     *
     * @param words the command and its arguments
     * @param reply takes the lines of the answer
     * @return the exit code of the command
     */
    int run(List<String> words, Consumer<String> reply) throws InterruptedException;
}
