package escale.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedHttpTest {
    @AutoClose
    private static final Door door = Door.open();

    static Stream<Arguments> malformed_requests() {
        return Stream.of(
                Arguments.of("no HTTP at all", "hello\r\n\r\n", "400"),
                Arguments.of(
                        "bytes of TLS",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                        "400"),
                Arguments.of("a bad address", "GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
                Arguments.of(
                        "an address with a space",
                        "GET /v1/a b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "400"),
                Arguments.of(
                        "an address with brackets",
                        "GET /v1/{a} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "400"),
                Arguments.of(
                        "an address with raw bytes",
                        "GET /v1/\u00ff\u00fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "404"),
                Arguments.of(
                        "a NUL in the address",
                        "GET /v1/named/a\u0000b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "400"),
                Arguments.of(
                        "an endless address",
                        "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "41"),
                Arguments.of(
                        "an endless header",
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "a".repeat(40_000) + "\r\n\r\n",
                        "4"),
                Arguments.of(
                        "a header without a name",
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n: y\r\n\r\n",
                        "400"),
                Arguments.of(
                        "a NUL in a header",
                        "GET /v1/trace HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Y: a\u0000b\r\n\r\n",
                        "400"),
                Arguments.of(
                        "a length that is no number",
                        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: x\r\n\r\n{}",
                        "400"),
                Arguments.of(
                        "a negative length",
                        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -1\r\n\r\n{}",
                        "400"),
                Arguments.of(
                        "an enormous length",
                        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}",
                        "413"),
                Arguments.of(
                        "two lengths",
                        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                        "400"),
                Arguments.of(
                        "a bad chunk",
                        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        "400"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed_requests")
    void a_malformed_request_is_refused_and_never_our_failure(String what, String request, String status)
            throws IOException {
        var answer = door.raw(request.getBytes(ISO_8859_1));

        assertThat(answer).matches(Pattern.compile("HTTP/1\\.[01] " + status + ".*", Pattern.DOTALL));
        assertThat(answer.toLowerCase())
                .contains("application/problem+json", "x-request-id", "x-content-type-options: nosniff");
        assertThat(answer).doesNotContain("io.netty", "Exception", "java.");
    }

    @Test
    void half_a_request_does_not_keep_its_connection() throws IOException {
        String nothing;
        try (var impatient = Door.open(Map.of("micronaut.server.idle-timeout", "2s"))) {
            nothing = impatient.raw(
                    "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
                            .getBytes(ISO_8859_1));
        }

        assertThat(nothing).doesNotContain("HTTP/1.1 5");
    }

    @Test
    void the_server_does_not_say_what_it_is() {
        var answer = door.get("/v1/trace");

        assertThat(answer.http().headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_controller_may_say_how_long_its_answer_keeps() {
        assertThat(door.get("/v1/cached").header("Cache-Control")).isEqualTo("private, max-age=60");
    }
}
