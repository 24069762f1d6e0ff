package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceIT {

    @Test
    void a_service_leaves_in_order_when_the_pipe_of_its_parent_ends() throws Exception {
        try (var service = new ServiceProcess(environment(Map.of("ESCALE_PARENT_PIPE", "1")))) {
            awaitSaid(service, "Ready after");

            service.closeItsPipe();

            assertThat(service.exitCode()).isZero();
            awaitSaid(service, "stopped");
        }
    }

    @Test
    void a_service_leaves_in_order_when_it_is_told_to_terminate() throws Exception {
        try (var service = new ServiceProcess(environment(Map.of()))) {
            awaitSaid(service, "Ready after");

            service.terminate();

            assertThat(service.exitCode()).isEqualTo(143);
            awaitSaid(service, "stopped");
        }
    }

    @Test
    void profiles_come_from_the_environment_and_its_other_variables_win_over_all_lines() throws Exception {
        try (var service = new ServiceProcess(environment(Map.of(
                "MICRONAUT_ENVIRONMENTS", "local",
                "MICRONAUT_METRICS_EXPORT_PROMETHEUS_STEP", "PT3S",
                "INSTANCE", "demo-7")))) {
            awaitSaid(service, "configured local profile, PT3S, demo-7");
        }
    }

    @Test
    void arguments_are_no_profiles() throws Exception {
        try (var service = new ServiceProcess(environment(Map.of()), "local")) {
            awaitSaid(service, "configured service, PT42S, demo");
        }
    }

    @Test
    void a_service_whose_port_is_taken_ends_instead_of_serving_nobody() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = new ServiceProcess(
                        environment(Map.of("MICRONAUT_SERVER_PORT", Integer.toString(taken.getLocalPort()))))) {
            assertThat(service.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void readiness_is_answered_on_the_management_port() throws Exception {
        var management = freePort();
        try (var service = new ServiceProcess(environment(Map.of("MANAGEMENT_PORT", Integer.toString(management))));
                var client = HttpClient.newHttpClient()) {
            awaitSaid(service, "Ready after");
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/health/readiness"));

            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
            assertThat(answer.body()).contains("\"stages\"");
        }
    }

    private static Map<String, String> environment(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "MICRONAUT_SERVER_PORT", "-1",
                "MICRONAUT_SERVER_HOST", "localhost",
                "MANAGEMENT_PORT", "-1",
                "LOG_FORMAT", "text"));
        environment.putAll(more);
        return environment;
    }

    private static void awaitSaid(ServiceProcess service, String words) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> service.said().stream().anyMatch(line -> line.contains(words)));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
