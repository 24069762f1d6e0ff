package escale.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    private static final String ORDER =
            "{\"departure\":\"01a1fb2c-a97d-7de6-9f41-114cff4eb36e\",\"people\":%d,\"amount\":1}";

    @AutoClose
    private static final Door door = Door.open();

    private static Door.Answer ask(int people, String... keys) {
        var request = door.to("/v1/once")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ORDER.formatted(people)));
        for (var key : keys) {
            request.header("Idempotency-Key", key);
        }
        return door.send(request);
    }

    @Test
    void a_request_without_a_key_is_refused() {
        assertThat(ask(1).status()).isEqualTo(400);
        assertThat(ask(1).code()).isEqualTo("idempotency-key-missing");
        assertThat(ask(1, "").code()).isEqualTo("idempotency-key-missing");
        assertThat(ask(1, "   ").code()).isEqualTo("idempotency-key-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\tb"})
    void a_key_of_strange_characters_is_refused(String key) {
        assertThat(ask(1, key).code()).isEqualTo("idempotency-key-invalid");
    }

    @Test
    void a_key_cannot_even_be_made_of_strange_characters() {
        assertThatThrownBy(() -> new IdempotencyKey("clé")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdempotencyKey("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_that_is_too_long_or_sent_twice_is_refused() {
        assertThat(ask(1, "k".repeat(255)).status()).isEqualTo(200);
        assertThat(ask(1, "k".repeat(256)).code()).isEqualTo("idempotency-key-invalid");
        assertThat(ask(1, "one", "two").code()).isEqualTo("idempotency-key-invalid");
    }

    @Test
    void the_same_key_for_something_else_can_be_told_by_its_hash() {
        assertThat(ask(2, "again").status()).isEqualTo(200);
        assertThat(ask(2, "again").status()).isEqualTo(200);
        assertThat(ask(3, "again").status()).isEqualTo(422);
        assertThat(ask(3, "again").code()).isEqualTo("idempotency-key-reused");
    }
}
