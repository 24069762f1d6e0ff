package escale.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. As root, as in many containers, it is run in a user namespace of its own, where
 * the same user has no name and no power but still owns its files.
 */
final class Unprivileged {
    private static final List<String> UNSHARE = List.of("unshare", "--user");

    private Unprivileged() {}

    /** What to put before a command, nothing unless this process runs as root. */
    static List<String> prefix() {
        if (!isRoot()) {
            return List.of();
        }
        if (!namespacesAllowed()) {
            throw new StartFailure("PostgreSQL does not run as root and this machine allows no user namespace"
                    + " (unshare --user): run as another user.");
        }
        return UNSHARE;
    }

    private static boolean namespacesAllowed() {
        try {
            var attempt = new ProcessBuilder("unshare", "--user", "true").start();
            return Child.ended(attempt, Duration.ofSeconds(10)) && attempt.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRoot() {
        try {
            var self = Path.of("/proc/self");
            return Files.exists(self)
                    ? Files.getAttribute(self, "unix:uid").equals(0)
                    : System.getProperty("user.name").equals("root");
        } catch (IOException e) {
            return false;
        }
    }
}
