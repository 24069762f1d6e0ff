package escale.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.local.supervision.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoveClockTest {
    private static final Clock MACHINE = Clock.fixed(Instant.parse("2026-05-04T08:15:30Z"), ZoneOffset.UTC);
    private static final String UNMOVED = "Business time is 2026-05-04 08:15:30 UTC, that of this machine.";

    @TempDir
    private Path home;

    private final List<String> said = new ArrayList<>();
    private Place place = new Place(Path.of("."), Path.of("."));

    @BeforeEach
    void prepare() {
        place = new Place(home, home);
        place.prepare();
    }

    @Test
    void steps_add_up_and_services_find_the_sum_in_a_file() throws Exception {
        order("+24h");
        order("+1d12h");

        assertThat(said)
                .contains(
                        "Business time is 2026-05-05 08:15:30 UTC, 1d ahead of that of this machine.",
                        "Business time is 2026-05-06 20:15:30 UTC, 2d 12h ahead of that of this machine.");
        assertThat(place.clock()).hasContent("PT60H");
    }

    @ParameterizedTest
    @CsvSource({"+90m,PT1H30M", "-1h,PT-1H", "+30s,PT30S", "+1d2h3m4s,PT26H3M4S"})
    void it_goes_either_way_and_in_every_unit(String step, String moved) {
        order(step);

        assertThat(place.clock()).hasContent(moved);
    }

    @Test
    void behind_is_said_to_be_behind() {
        order("-90m");

        assertThat(said.getFirst())
                .isEqualTo("Business time is 2026-05-04 06:45:30 UTC, 1h 30m behind that of this machine.");
    }

    @Test
    void a_reset_puts_it_back_and_leaves_nothing() throws Exception {
        order("+24h");
        said.clear();
        order("reset");

        assertThat(said).containsExactly(UNMOVED);
        assertThat(place.clock()).doesNotExist();
        assertThat(clock().moveTold()).isEmpty();
    }

    @Test
    void without_a_word_it_tells_the_time_and_moves_nothing() {
        order();

        assertThat(said).containsExactly(UNMOVED);
        assertThat(place.clock()).doesNotExist();
    }

    @Test
    void the_next_supervisor_finds_it_moved_unless_its_data_is_forgotten() {
        order("+24h");
        assertThat(clock().moveTold())
                .hasValueSatisfying(line -> assertThat(line).contains("1d ahead"));

        place.wipe();
        assertThat(clock().moveTold()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"24h", "+", "+h", "tomorrow", "+24", "+1h30", "+2h1d", "--24h", "+1,5h", "+9999999d"})
    void what_is_no_step_is_refused_in_one_sentence(String words) {
        assertThatThrownBy(() -> order(words))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "Say by how much, as in ./escale clock +24h, -90m or +1d12h, or reset, not '" + words + "'.");
        assertThat(place.clock()).doesNotExist();
    }

    @Test
    void too_many_words_and_too_far_a_move_are_refused() {
        assertThatThrownBy(() -> order("+1h", "+2h")).isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> order("+4000d")).hasMessage("Business time is moved by at most 3650 days either way.");
        assertThat(place.clock()).doesNotExist();
    }

    @Test
    void what_services_cannot_read_they_do_not_follow_and_neither_does_this() throws Exception {
        Files.writeString(place.clock(), "tomorrow");

        assertThat(clock().moveTold()).isEmpty();
    }

    private void order(String... words) {
        clock().run(List.of(words), said::add);
    }

    private MoveClock clock() {
        return new MoveClock(place, MACHINE);
    }
}
