package escale.drill.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.invariants.SmallShop.Bug;
import escale.drill.world.SmallWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker finds the six bugs that such systems are known for, in what they leave behind. */
class SeededBugsIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Bug.class)
    void a_system_with_this_bug_is_found_out_and_one_with_none_is_not(Bug bug) throws Exception {
        var world = new SmallWorld(folder);
        new SmallShop(world, bug).day();

        var verdict = Verdict.over(world.read());

        assertThat(verdict.findings().stream().filter(finding -> !finding.holds()))
                .extracting(Finding::id)
                .containsExactlyElementsOf(broken(bug));
    }

    /** The one that names the bug, and those that cannot hold without it. */
    private static List<String> broken(Bug bug) {
        return switch (bug) {
            case NONE -> List.of();
            case RANDOM_KEY_PER_ATTEMPT -> List.of("I2", "I3", "I6");
            case TIMEOUT_TREATED_AS_FAILURE -> List.of("I4", "I6");
            case NO_SEAT_GUARD -> List.of("I5");
            case WEBHOOK_NOT_DEDUPLICATED -> List.of("I2", "I4", "I6");
            case OFFSET_COMMITTED_BEFORE_PROCESSING -> List.of("I7");
            case PUBLISHED_OUTSIDE_THE_TRANSACTION -> List.of("I8");
        };
    }
}
