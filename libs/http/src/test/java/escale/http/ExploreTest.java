package escale.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ExploreTest {
    @Test
    void explore() throws Exception {
        var dir = java.nio.file.Files.createTempDirectory("x");
        var tokens = escale.http.identity.LocalTokens.keptIn(dir, "escale", "escale");
        var ctx = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "micronaut.config.files",
                        "classpath:escale-http.yml",
                        "micronaut.server.port",
                        -1,
                        "escale.jwt.jwks-path",
                        dir.resolve("jwks.json").toString(),
                        "endpoints.all.enabled",
                        false));
        var http = HttpClient.newHttpClient();
        for (var body : List.of(
                "{}",
                "[]",
                "\"x\"",
                "null",
                "",
                "{",
                "{\"departure\":\"0\",\"people\":1,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":10,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"price\":1}",
                "{\"departure\":\"%s\",\"people\":1,\"people\":1,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":1.5,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":\"1\",\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":99999999999,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":null,\"amount\":1}",
                "{\"departure\":null,\"people\":1,\"amount\":1}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"color\":\"BLUE\"}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"date\":\"x\"}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"gift\":\"x\"}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"note\":5}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"note\":{}}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"note\":\"a\\u0000\"}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":[{\"city\":\"a\",\"nights\":0}]}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":[{\"city\":\"a\",\"nights\":1,\"x\":1}]}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":[{\"city\":null,\"nights\":1}]}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":[{\"nights\":1}]}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":5}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"stops\":" + "[".repeat(2000) + "]".repeat(2000)
                        + "}",
                "{\"departure\":\"%s\",\"people\":1,\"amount\":1} x")) {
            var b = body.replace("%s", UUID.randomUUID().toString());
            System.out.println("\n>>> " + (b.length() > 200 ? b.substring(0, 200) : b));
            var r = http.send(
                    HttpRequest.newBuilder(URI.create(ctx.getURL() + "/v1/samples"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(b))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println("<<< " + r.statusCode() + " " + r.headers().map() + " " + r.body());
        }
        for (var path : List.of(
                "/v1/samples/x",
                "/v1/samples/x%00",
                "/v1/samples/" + UUID.randomUUID() + "?at=1&color=X",
                "/v1/samples/" + UUID.randomUUID() + "?n=99999999999",
                "/nope")) {
            var r = http.send(
                    HttpRequest.newBuilder(URI.create(ctx.getURL() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println(
                    "<<< " + path + r.statusCode() + " " + r.headers().map() + " " + r.body());
        }
    }
}
