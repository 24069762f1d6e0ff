package escale.local.supervision;

import escale.embedded.PostgresServer;
import escale.embedded.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database server, with a database and a role for each service. */
public final class Postgresql implements Server {
    private final PostgresServer.Settings settings;
    private final List<String> databases;
    private volatile @Nullable PostgresServer server;

    public Postgresql(Path data, int port, List<String> databases) {
        this.settings = PostgresServer.Settings.durable(data, port);
        this.databases = databases;
    }

    /** Everybody on this machine may know it; the server listens on the loopback interface only. */
    public static String password(String database) {
        return "local-" + database;
    }

    @Override
    public void start() {
        try {
            var known = server;
            if (known == null) {
                server = known = PostgresServer.start(settings);
            } else {
                known.restart();
            }
            for (var database : databases) {
                known.ensureDatabase(database, database, password(database));
            }
        } catch (StartFailure e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void stop() {
        var known = server;
        if (known != null) {
            known.stop();
        }
    }

    @Override
    public void kill() {
        var known = server;
        if (known != null) {
            known.kill();
        }
    }

    @Override
    public boolean running() {
        var known = server;
        return known != null && known.running();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(server).map(PostgresServer::pid).flatMap(ProcessHandle::of);
    }

    @Override
    public String end() {
        return "died";
    }

    @Override
    public List<Integer> ports() {
        return List.of(settings.port());
    }

    @Override
    public Path log() {
        return settings.dataDir().resolve("postgresql.log");
    }
}
