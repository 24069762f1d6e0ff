package escale.drill.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");

    @TempDir
    private Path folder;

    @Test
    void a_token_says_who_comes_and_is_signed_with_the_key_of_the_folder() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        var pair = generator.generateKeyPair();
        var key = (RSAPrivateCrtKey) pair.getPrivate();
        Files.writeString(
                folder.resolve("local-key.json"),
                JsonMapper.builder()
                        .build()
                        .writeValueAsString(Map.of(
                                "kid", "local-1",
                                "n", number(key.getModulus()),
                                "e", number(key.getPublicExponent()),
                                "d", number(key.getPrivateExponent()),
                                "p", number(key.getPrimeP()),
                                "q", number(key.getPrimeQ()),
                                "dp", number(key.getPrimeExponentP()),
                                "dq", number(key.getPrimeExponentQ()),
                                "qi", number(key.getCrtCoefficient()))));

        var parts =
                LocalKey.read(folder, NOW).token("marie", List.of("traveller")).split("\\.");

        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(pair.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(text(parts[0])).contains("\"kid\":\"local-1\"", "\"alg\":\"RS256\"");
        assertThat(text(parts[1]))
                .contains("\"sub\":\"marie\"", "\"iss\":\"escale\"", "\"aud\":\"escale\"", "[\"traveller\"]")
                .contains("\"iat\":" + NOW.getEpochSecond());
    }

    @Test
    void what_is_no_key_is_refused() throws IOException {
        Files.writeString(folder.resolve("local-key.json"), "{\"kid\":\"local-1\",\"n\":\"AQAB\"}");

        assertThatThrownBy(() -> LocalKey.read(folder, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Not a signing key");
    }

    private static String number(BigInteger value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value.toByteArray());
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
