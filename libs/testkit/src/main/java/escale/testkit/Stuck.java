package escale.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what all threads were doing in a test that does not end: no other trace of it is left when it is cut off. JUnit's
 * own dump leaves out virtual threads, which is where most of ours wait.
 */
public final class Stuck implements BeforeEachCallback, AfterEachCallback {
    private static final Logger log = LoggerFactory.getLogger(Stuck.class);

    /** Longer than any test takes, shorter than what JUnit allows it (junit-platform.properties). */
    private static final Duration AFTER = Duration.ofMinutes(9);

    private static final ExtensionContext.Namespace ROOM = ExtensionContext.Namespace.create(Stuck.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        var later = CompletableFuture.delayedExecutor(AFTER.toSeconds(), TimeUnit.SECONDS);
        test.getStore(ROOM).put("told", CompletableFuture.runAsync(() -> tell(test), later));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        var told = test.getStore(ROOM).remove("told", Future.class);
        if (told != null) {
            told.cancel(false);
        }
    }

    private static void tell(ExtensionContext test) {
        try {
            log.error("Stuck for {} minutes: {}\n{}", AFTER.toMinutes(), test.getUniqueId(), dump());
        } catch (IOException e) {
            log.error("Stuck: {}; its threads could not be written down", test.getUniqueId(), e);
        }
    }

    /** All threads, also virtual ones. */
    static String dump() throws IOException {
        var dir = Files.createTempDirectory("escale-stuck");
        var file = dir.resolve("threads.txt");
        try {
            threads().dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(dir);
        }
    }

    private static HotSpotDiagnosticMXBean threads() {
        return Objects.requireNonNull(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
    }
}
