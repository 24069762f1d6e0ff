package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void ids_are_strictly_increasing_even_within_a_millisecond() {
        var ids = Stream.generate(Ids::next).limit(20_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.stream().map(UUID::toString)).isSorted(); // as PostgreSQL compares them
    }

    @Test
    void threads_never_make_the_same_id_and_each_sees_its_own_increase() throws Exception {
        var all = new ArrayList<UUID>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var ids : threads.invokeAll(IntStream.range(0, 4)
                    .mapToObj(_ -> (java.util.concurrent.Callable<List<UUID>>)
                            () -> Stream.generate(Ids::next).limit(10_000).toList())
                    .toList())) {
                assertThat(ids.get()).isSorted();
                all.addAll(ids.get());
            }
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void an_id_is_of_version_7_and_tells_when_it_was_made() {
        var before = System.currentTimeMillis();
        var id = Ids.next();
        var after = System.currentTimeMillis();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        // Many ids at once may run a few milliseconds ahead of the clock.
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after + 100);
    }
}
