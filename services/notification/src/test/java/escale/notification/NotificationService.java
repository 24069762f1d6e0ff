package escale.notification;

import static org.awaitility.Awaitility.await;

import escale.embedded.Port;
import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import escale.runtime.Service;
import escale.runtime.Stages;
import escale.sql.Database;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The whole service on a real database and a real broker. */
final class NotificationService implements AutoCloseable {
    private static final LocalTokens TOKENS = LocalTokens.create("escale", "escale");

    private final Service service;
    private final HttpClient http = HttpClient.newHttpClient();

    private NotificationService(Service service) {
        this.service = service;
    }

    static NotificationService start(MailBox box) {
        return start(box.port());
    }

    static NotificationService start(int mailPort) {
        return start(Postgres.freshDatabase("notification"), "notification-1", mailPort, Map.of());
    }

    static NotificationService start(
            Postgres.Database database, String instance, int mailPort, Map<String, Object> more) {
        Topics.exist();
        var properties = new HashMap<>(database.datasource());
        properties.putAll(Map.ofEntries(
                Map.entry("micronaut.application.name", "notification"),
                Map.entry("escale.instance", instance),
                Map.entry("escale.kafka.bootstrap-servers", Kafka.bootstrapServers()),
                Map.entry("escale.smtp.host", "127.0.0.1"),
                Map.entry("escale.smtp.port", mailPort),
                // a busy machine is no mail server and no webhook that is away
                Map.entry("escale.alert.timeout", "20s"),
                Map.entry("escale.smtp.timeout", "20s"),
                Map.entry("escale.smtp.deadline", "40s"),
                Map.entry("micronaut.server.port", -1),
                Map.entry("endpoints.all.port", Port.free()),
                Map.entry("escale.jwt.jwks-path", keys().toString())));
        properties.putAll(more);
        var started = new NotificationService(Service.start(
                ApplicationContext.builder().properties(properties).environments("test")));
        await().until(() -> started.bean(Stages.class).ready());
        return started;
    }

    static Path keys() {
        try {
            var file = Files.createTempFile("jwks", ".json");
            TOKENS.writeKeySet(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String token(String user, Role... roles) {
        return token(user, Duration.ofHours(12), roles);
    }

    static String token(String user, Duration lifetime, Role... roles) {
        return TOKENS.token(user, Set.of(roles), lifetime);
    }

    /** A request as it is written in the contract: path, token, body if any, and headers in pairs. */
    HttpResponse<String> call(String method, String path, String token, String body, String... headers)
            throws IOException, InterruptedException {
        var uri = bean(EmbeddedServer.class).getURI().resolve(path);
        var request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    <T> T bean(Class<T> type) {
        return service.context().getBean(type);
    }

    int count(String sql, Object... parameters) {
        return bean(Database.class)
                .read(tx -> tx.first(sql, row -> row.getInt(1), parameters))
                .orElseThrow();
    }

    String text(String sql, Object... parameters) {
        return bean(Database.class)
                .read(tx -> tx.first(sql, row -> String.valueOf(row.getString(1)), parameters))
                .orElse("NO ROW");
    }

    int update(String sql, Object... parameters) {
        return bean(Database.class).transaction(tx -> tx.update(sql, parameters));
    }

    @Override
    public void close() {
        service.close();
    }
}
