package escale.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the server is told in {@code escale.conf}, which its {@code postgresql.conf} includes last. */
final class PostgresConfiguration {
    static final String FILE = "escale.conf";

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("listen_addresses", "localhost"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            // Statements here are short: compiling one costs more than running it.
            Map.entry("jit", "off"),
            Map.entry("random_page_cost", "1.1"),
            // A queue table such as the outbox is all dead rows within seconds, not within the default minute.
            Map.entry("autovacuum_naptime", "10s"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_line_prefix", "%m %p %u@%d "),
            Map.entry("lc_messages", "C"),
            Map.entry("timezone", "UTC"));

    /** Survives the loss of the machine: what the launcher runs. */
    private static final Map<String, String> DURABLE = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "128MB",
            "wal_compression", "on",
            // Few, slow checkpoints: each one makes the next write of every page a full one.
            "checkpoint_timeout", "15min",
            "checkpoint_completion_target", "0.9",
            "max_wal_size", "1GB",
            "min_wal_size", "128MB");

    /** Survives the loss of its processes, not of the machine: what tests run. */
    private static final Map<String, String> THROWAWAY = Map.ofEntries(
            Map.entry("fsync", "off"),
            // On: what was committed reaches the kernel, so that a kill -9 loses nothing. Without fsync it costs
            // little.
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "off"),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("wal_compression", "on"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("checkpoint_timeout", "30min"),
            Map.entry("io_method", "sync"),
            // The cost of a password check is there to slow down guessing; tests open thousands of connections.
            Map.entry("scram_iterations", "16"));

    private final Map<String, String> settings = new TreeMap<>(ALWAYS);

    PostgresConfiguration(int port, boolean durable, Map<String, String> wishes) {
        settings.putAll(durable ? DURABLE : THROWAWAY);
        settings.putAll(wishes);
        settings.put("port", Integer.toString(port));
    }

    String text() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
    }
}
