package escale.drill.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static Versions told(int... versions) {
        var told = new Versions(UUID.randomUUID());
        for (var version : versions) {
            told.tell(version);
        }
        return told;
    }

    @Test
    void what_is_missing_is_named() {
        assertThat(told(1, 2, 5).missing()).containsExactly(3, 4);
        assertThat(told(1, 2, 3).missing()).isEmpty();
        assertThat(told(1, 2, 5).highest()).isEqualTo(5);
    }

    @Test
    void repetition_is_no_disorder() {
        assertThat(told(1, 2, 1, 2, 3).outOfOrder()).isFalse();
        assertThat(told(1, 3, 2).outOfOrder()).isTrue();
    }

    @Test
    void more_versions_than_bits_are_counted_to_the_last_that_fits() {
        var many = new Versions(UUID.randomUUID());
        for (var version = 1; version <= 80; version++) {
            many.tell(version);
        }

        assertThat(many.missing()).isEmpty();
        assertThat(many.highest()).isEqualTo(80);
        assertThat(many.outOfOrder()).isFalse();
    }
}
