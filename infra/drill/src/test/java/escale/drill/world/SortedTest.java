package escale.drill.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SortedTest {
    private static final UUID LOW = UUID.fromString("10000000-0000-0000-0000-000000000000");
    private static final UUID HIGH = UUID.fromString("f0000000-0000-0000-0000-000000000000");

    @Test
    void ids_are_in_the_order_of_the_database_not_of_java() {
        assertThat(HIGH.compareTo(LOW)).as("signed, as Java sees it").isNegative();
        assertThat(new IdOrder().compare(LOW, HIGH)).isNegative();
        assertThat(Sorted.first(HIGH, LOW)).isEqualTo(LOW);
    }

    @Test
    void what_is_known_of_one_booking_is_taken_together() {
        var sorted = Sorted.of(List.of(HIGH, LOW, HIGH), id -> id);

        assertThat(sorted.take(HIGH)).as("not its turn").isEmpty();
        assertThat(sorted.next()).isEqualTo(LOW);
        assertThat(sorted.take(LOW)).hasSize(1);
        assertThat(sorted.take(HIGH)).hasSize(2);
        assertThat(sorted.next()).isNull();
    }
}
