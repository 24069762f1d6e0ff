package escale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One PostgreSQL server on a directory of its own, listening on localhost. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 20;
    /** Complaints that pass: a port lost to a faster program, and the last breath of a server that was killed. */
    private static final List<String> PASSING = List.of("could not bind", "pre-existing shared memory block");

    /**
     * How to run it.
     *
     * @param dataDir made if it is not there, used again if it is
     * @param port 0 for a free one
     * @param durable committed data survives the loss of the machine; otherwise only of the processes
     * @param config more lines of postgresql.conf, which win over ours
     */
    public record Settings(Path dataDir, int port, boolean durable, Map<String, String> config) {
        public Settings {
            dataDir = dataDir.toAbsolutePath().normalize();
            config = Map.copyOf(config);
        }

        /** For people: keeps what was committed, come what may. */
        public static Settings durable(Path dataDir, int port) {
            return new Settings(dataDir, port, true, Map.of());
        }

        /** For tests: small, on a free port. */
        public static Settings throwaway(Path dataDir) {
            return new Settings(dataDir, 0, false, Map.of());
        }
    }

    private final Settings settings;
    private final PostgresBinaries binaries;
    private final List<String> unprivileged;
    private final PostgresData data;
    private final String superuserPassword;
    private final PostgresAdministration administration = new PostgresAdministration(this);
    private volatile int port;
    private volatile Postmaster postmaster;

    private PostgresServer(Settings settings) throws IOException {
        this.settings = settings;
        this.binaries = PostgresBinaries.unpacked(Cache.ofUser());
        this.unprivileged = Unprivileged.prefix();
        this.data = new PostgresData(settings.dataDir());
        this.port = settings.port();
        data.initialise(binaries, unprivileged, settings.durable());
        this.superuserPassword = data.superuserPassword();
        this.postmaster = launch();
    }

    /** Returns when the server answers; throws {@link StartFailure} when it cannot be started. */
    public static PostgresServer start(Settings settings) {
        try {
            return new PostgresServer(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started on " + settings.dataDir(), e);
        }
    }

    /** Makes a database and the one role that owns it and may connect to it; both may be there already. */
    public void ensureDatabase(String name, String role, String password) {
        administration.ensureDatabase(name, role, password);
    }

    public int port() {
        return port;
    }

    /** The postmaster's process id: the one to kill. */
    public long pid() {
        return postmaster.pid();
    }

    /** Whether the postmaster still runs; it may have been killed from outside. */
    public boolean running() {
        return postmaster.running();
    }

    /** Where the server writes its log. */
    public Path log() {
        return settings.dataDir().resolve("postgresql.log");
    }

    /** What an application is given as DATABASE_URL. */
    public String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /** A URL that carries the superuser's name and password. */
    public String superuserUrl(String database) {
        return url(database) + "?user=postgres&password="
                + URLEncoder.encode(superuserPassword, StandardCharsets.UTF_8);
    }

    /** Ends all sessions, writes everything out and stops. */
    public void stop() {
        postmaster.stop(STOP);
    }

    /** Kills the server as a power cut would: no session ends well, nothing is written out. */
    public void kill() {
        postmaster.kill(STOP);
    }

    /** Starts it again on the same port and data, after stopping it if it runs. */
    public void restart() {
        stop();
        Port.awaitRelease(port);
        try {
            postmaster = launch();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started again on " + settings.dataDir(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Postmaster launch() throws IOException {
        for (var attempt = 1; ; attempt++) {
            var chosen = port == 0 ? Port.free() : port;
            var log = new ServerLog(log());
            try {
                var started = launchOn(chosen, log);
                port = chosen;
                return started;
            } catch (StartFailure e) {
                if (attempt == ATTEMPTS || PASSING.stream().noneMatch(log::says)) {
                    throw e;
                }
            }
        }
    }

    private Postmaster launchOn(int chosen, ServerLog log) throws IOException {
        var holder = data.postmaster();
        if (holder.isPresent()) {
            throw new StartFailure("%s is in use by a PostgreSQL that still runs (process %d): stop it first."
                    .formatted(settings.dataDir(), holder.get().pid()));
        }
        data.disownStranger();
        Port.requireFree(chosen, "PostgreSQL");
        data.configure(new PostgresConfiguration(chosen, settings.durable(), settings.config()));
        return Postmaster.launch(unprivileged, binaries, data, log);
    }
}
