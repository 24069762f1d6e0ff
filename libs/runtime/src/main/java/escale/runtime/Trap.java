package escale.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The failpoint that this process was started with, if any: says that it was hit, and halts. */
final class Trap {
    /** Tells a halt from every other end of a process. */
    static final int HALTED = 86;

    private static final Failpoint.@Nullable Armed ARMED =
            Failpoint.armed(System.getenv(Failpoint.VARIABLE)).orElse(null);
    /** A constant for the compiler: where nothing is armed, nothing is left of a failpoint. */
    static final boolean SET = ARMED != null;

    private static final AtomicInteger PASSES = new AtomicInteger();

    private Trap() {}

    static void enter(Failpoint place) {
        if (ARMED != null && place == ARMED.place() && PASSES.incrementAndGet() == ARMED.nth()) {
            System.err.println("Failpoint " + ARMED + ": halting");
            note(ARMED + " " + System.getenv("INSTANCE"));
            Runtime.getRuntime().halt(HALTED);
        }
    }

    /** Where a drill that is told to look finds it. */
    private static void note(String hit) {
        var file = System.getenv("ESCALE_FAILPOINT_HITS");
        if (file != null) {
            try {
                Files.writeString(Path.of(file), hit + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException unwritable) {
                System.err.println("The hit could not be noted: " + unwritable);
            }
        }
    }
}
