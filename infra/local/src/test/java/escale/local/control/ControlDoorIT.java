package escale.local.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlDoorIT {
    private final List<String> shown = new ArrayList<>();

    @Test
    void an_order_is_passed_on_word_by_word_and_answered_line_by_line() throws IOException {
        try (var door = ControlDoor.open((words, reply) -> {
            words.forEach(reply);
            return 3;
        })) {
            var code = new ControlClient(door.port(), door.token()).send(List.of("scale", "payment", "3"), shown::add);

            assertThat(code).isEqualTo(3);
            assertThat(shown).containsExactly("scale", "payment", "3");
        }
    }

    @Test
    void an_order_that_fails_is_answered_with_its_sentence_and_exit_code_1() throws IOException {
        try (var door = ControlDoor.open((_, _) -> {
            throw new IllegalArgumentException("There is no such part.");
        })) {
            var code = new ControlClient(door.port(), door.token()).send(List.of("kill", "x"), shown::add);

            assertThat(code).isEqualTo(1);
            assertThat(shown).containsExactly("There is no such part.");
        }
    }

    @Test
    void nobody_is_let_in_without_the_token() throws IOException {
        var obeyed = new ArrayList<String>();
        try (var door = ControlDoor.open((words, _) -> {
            obeyed.addAll(words);
            return 0;
        })) {
            assertThatThrownBy(() -> new ControlClient(door.port(), "guess").send(List.of("down"), shown::add))
                    .isInstanceOf(IOException.class);
            assertThat(obeyed).isEmpty();
        }
    }
}
