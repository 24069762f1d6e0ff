package escale.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The directory a PostgreSQL server keeps its data in. */
record PostgresData(Path directory) {
    private static final String PASSWORD_FILE = "superuser.password";
    /** Larger than any process id of any system. */
    private static final String NO_PROCESS = Integer.toString(Integer.MAX_VALUE - 1);

    /** Initialises the directory if it is not; it appears by one rename, so an interrupted start leaves none half made. */
    void initialise(PostgresBinaries binaries, List<String> unprivileged, boolean durable) throws IOException {
        if (initialised()) {
            requireVersion(binaries.major());
            return;
        }
        requireEmpty();
        Files.createDirectories(directory.getParent());
        var workshop = directory.resolveSibling(directory.getFileName() + ".unfinished");
        Cache.delete(workshop);
        Files.createDirectory(
                workshop, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var password = Files.writeString(
                workshop.resolve("password"), UUID.randomUUID().toString());
        var made = workshop.resolve("data");
        initdb(binaries, unprivileged, durable, made, password);
        Files.writeString(
                made.resolve("postgresql.conf"),
                "\ninclude_if_exists = '" + PostgresConfiguration.FILE + "'\n",
                StandardOpenOption.APPEND);
        Files.move(password, made.resolve(PASSWORD_FILE));
        Files.move(made, directory, StandardCopyOption.ATOMIC_MOVE);
        Cache.delete(workshop);
    }

    private static void initdb(
            PostgresBinaries binaries, List<String> unprivileged, boolean durable, Path made, Path password)
            throws IOException {
        var command = new ArrayList<>(unprivileged);
        command.addAll(List.of(
                binaries.bin().resolve("initdb").toString(),
                "--pgdata=" + made,
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and the same case rules on every machine, whatever its locale.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            command.addAll(List.of("--no-sync", "--no-data-checksums"));
        }
        var initdb = new ProcessBuilder(command).redirectErrorStream(true).start();
        initdb.getOutputStream().close();
        Child.requireSuccess(initdb, "PostgreSQL could not initialise " + made);
    }

    void configure(PostgresConfiguration configuration) throws IOException {
        Files.writeString(directory.resolve(PostgresConfiguration.FILE), configuration.text());
    }

    String superuserPassword() throws IOException {
        return Files.readString(directory.resolve(PASSWORD_FILE));
    }

    /** The postmaster that holds this directory, if one does; after a kill -9 only its note is left. */
    Optional<ProcessHandle> postmaster() throws IOException {
        return notedProcess().filter(Postmaster::runs);
    }

    /**
     * A killed postmaster's note stays behind, and after a reboot its process id may belong to some other program:
     * then PostgreSQL would take that for a running server. The note itself must stay, for it also names the shared
     * memory by which PostgreSQL finds out whether a part of the killed server still lives; so only the id is changed.
     */
    void disownStranger() throws IOException {
        var stranger = notedProcess().filter(process -> !Postmaster.runs(process));
        if (stranger.isPresent()) {
            var lines = new ArrayList<>(Files.readAllLines(note()));
            lines.set(0, NO_PROCESS);
            Files.write(note(), lines);
        }
    }

    private Optional<ProcessHandle> notedProcess() throws IOException {
        if (!Files.exists(note())) {
            return Optional.empty();
        }
        return Files.readString(note())
                .lines()
                .findFirst()
                .map(String::strip)
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of);
    }

    private Path note() {
        return directory.resolve("postmaster.pid");
    }

    private boolean initialised() {
        return Files.exists(directory.resolve("PG_VERSION"));
    }

    private void requireVersion(String major) throws IOException {
        var found = Files.readString(directory.resolve("PG_VERSION")).strip();
        if (!found.equals(major)) {
            throw new StartFailure("%s was written by PostgreSQL %s and this is PostgreSQL %s: move it away or wipe it."
                    .formatted(directory, found, major));
        }
    }

    private void requireEmpty() throws IOException {
        @Nullable String[] content = directory.toFile().list();
        if (content != null && content.length > 0) {
            throw new StartFailure(directory + " is not empty and holds no PostgreSQL data: choose another directory.");
        }
    }
}
