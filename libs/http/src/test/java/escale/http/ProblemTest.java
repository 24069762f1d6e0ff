package escale.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void a_code_makes_the_type_and_the_title() {
        var problem = Problem.conflict("sold-out", "Only 1 seat is left");

        assertThat(problem.type()).isEqualTo("urn:escale:problem:sold-out");
        assertThat(problem.title()).isEqualTo("Sold out");
        assertThat(problem.status()).isEqualTo(409);
    }

    @Test
    void a_member_of_its_own_cannot_hide_one_of_all() {
        assertThatThrownBy(() -> Problem.conflict("sold-out", "").with("status", 200))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_is_told_to_come_back_at_once() {
        var answer = Problem.unavailable("unavailable", "").answerRetryAfter(Duration.ofMillis(20));

        assertThat(answer.getHeaders().get("Retry-After")).isEqualTo("1");
    }

    @Test
    void a_constructor_may_name_the_field_it_refuses() {
        assertThatThrownBy(() -> Input.of(() -> {
                    throw new IllegalArgumentException("people: must be 1 to 9");
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .containsExactly(new Problem.FieldError("people", "must be 1 to 9")));
    }
}
