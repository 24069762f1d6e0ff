package escale.drill;

import escale.drill.wire.Addresses;
import escale.drill.wire.Addresses.DatabaseAddress;
import escale.drill.wire.LocalKey;
import escale.drill.wire.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the system under test is; without options, where the launcher puts it. */
final class Surroundings {
    private final Map<String, String> environment;

    @Option(
            names = "--booking",
            split = ",",
            paramLabel = "URL",
            description = "Doors of booking, several with commas (default: the local one)")
    private List<URI> booking = List.of();

    @Option(names = "--payment", paramLabel = "URL", description = "Door of payment")
    private @Nullable URI payment;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Bootstrap servers")
    private @Nullable String kafka;

    @Option(names = "--simulator", paramLabel = "URL", description = "Control port of the provider simulator")
    private @Nullable URI simulator;

    @Option(names = "--booking-database", paramLabel = "JDBC", description = "With user and password in the URL")
    private @Nullable String bookingDatabase;

    @Option(names = "--payment-database", paramLabel = "JDBC", description = "With user and password in the URL")
    private @Nullable String paymentDatabase;

    @Option(names = "--notification-database", paramLabel = "JDBC", description = "With user and password in the URL")
    private @Nullable String notificationDatabase;

    @Option(names = "--mails", paramLabel = "URL", description = "Pages of the mail sink")
    private @Nullable URI mails;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Ledger of the provider simulator")
    private @Nullable Path ledger;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A token to use for every request, instead of signing one per traveller with the local key")
    private @Nullable Path tokenFile;

    Surroundings(Map<String, String> environment) {
        this.environment = environment;
    }

    Addresses addresses() {
        return new Addresses(
                booking.isEmpty() ? List.of(door(8081)) : booking,
                payment == null ? door(8082) : payment,
                kafka == null ? "127.0.0.1:" + port(19092) : kafka,
                simulator == null ? door(8091) : simulator,
                database("booking", bookingDatabase),
                database("payment", paymentDatabase),
                database("notification", notificationDatabase),
                mails == null ? door(18025) : mails,
                ledger == null ? home().resolve("data/provider/ledger.jsonl") : ledger,
                home().resolve("load"),
                root());
    }

    /** The time of business: the launcher may have moved it, and says by how much in a file. */
    Clock businessTime(Clock machine) throws IOException {
        var file = home().resolve("data/clock");
        return Files.exists(file)
                ? Clock.offset(machine, Duration.parse(Files.readString(file).strip()))
                : machine;
    }

    /** Signs for whoever a request comes from. */
    Tokens tokens(Instant now) throws IOException {
        return tokenFile == null
                ? LocalKey.read(home().resolve("keys"), now)
                : Tokens.always(Files.readString(tokenFile).strip());
    }

    private DatabaseAddress database(String name, @Nullable String url) {
        return url == null
                ? new DatabaseAddress(
                        name, "jdbc:postgresql://127.0.0.1:" + port(15432) + "/" + name, name, "local-" + name)
                : new DatabaseAddress(name, url, name, "");
    }

    private URI door(int port) {
        return URI.create("http://127.0.0.1:" + port(port));
    }

    private int port(int usual) {
        return usual + Integer.parseInt(environment.getOrDefault("ESCALE_PORT_OFFSET", "0"));
    }

    private Path root() {
        return Path.of(environment.getOrDefault("ESCALE_ROOT", "."));
    }

    private Path home() {
        var home = environment.get("ESCALE_HOME");
        return home == null ? root().resolve(".escale") : Path.of(home);
    }
}
