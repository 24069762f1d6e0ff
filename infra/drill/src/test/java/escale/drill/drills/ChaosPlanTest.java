package escale.drill.drills;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.drills.ChaosPlan.Act;
import escale.drill.drills.ChaosPlan.Size;
import escale.drill.drills.Strike.Arming;
import escale.drill.drills.Strike.Faults;
import escale.drill.drills.Strike.Halt;
import escale.drill.drills.Strike.Kill;
import escale.drill.drills.Strike.Outage;
import escale.drill.load.Thought;
import escale.drill.load.Thought.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChaosPlanTest {
    private static Stream<ChaosPlan> many(Size size) {
        return LongStream.range(0, 200).mapToObj(seed -> ChaosPlan.of(seed, size, 0, 0));
    }

    private static <T extends Strike> List<T> of(ChaosPlan plan, Class<T> kind) {
        return plan.acts().stream()
                .map(Act::strike)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void the_same_seed_is_the_same_plan_and_another_one_another(Size size) {
        assertThat(many(size).toList()).isEqualTo(many(size).toList()).doesNotHaveDuplicates();
    }

    @Test
    void one_of_ten_cancels_and_one_of_twenty_changes_and_the_same_ones_again() {
        var plan = ChaosPlan.of(7, Size.SHORT, 0, 0);
        var kinds = LongStream.range(0, 10_000).mapToObj(plan::mind).toList();

        assertThat(LongStream.range(0, 10_000)
                        .mapToObj(ChaosPlan.of(7, Size.SHORT, 0, 0)::mind)
                        .toList())
                .isEqualTo(kinds);
        assertThat(share(kinds, Kind.CANCEL)).isBetween(0.09, 0.11);
        assertThat(share(kinds, Kind.ONE_MORE)).isBetween(0.02, 0.03);
        assertThat(share(kinds, Kind.ONE_LESS)).isBetween(0.02, 0.03);
    }

    private static double share(List<Thought> thoughts, Kind kind) {
        return thoughts.stream().filter(each -> each.kind() == kind).count() / (double) thoughts.size();
    }

    @Test
    void a_plan_may_be_longer_and_faster_than_its_size() {
        var plan = ChaosPlan.of(7, Size.SHORT, 900, 30);

        assertThat(plan.bookings()).isEqualTo(900);
        assertThat(plan.rate()).isEqualTo(30);
        assertThat(plan.acts()).allSatisfy(act -> assertThat(act.after()).isBetween(0, 900));
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void strikes_come_in_order_and_the_first_thing_to_fail_is_the_provider(Size size) {
        assertThat(many(size)).allSatisfy(plan -> {
            assertThat(plan.acts()).extracting(Act::after).isSorted();
            assertThat(plan.acts().getFirst()).isEqualTo(new Act(0, new Faults(10)));
        });
    }

    @Test
    void every_build_has_four_failpoints_two_random_kills_and_one_of_broker_and_database() {
        assertThat(many(Size.SHORT)).allSatisfy(plan -> {
            assertThat(plan.bookings()).isEqualTo(300);
            assertThat(of(plan, Halt.class)).extracting(Halt::place).hasSize(4).doesNotHaveDuplicates();
            assertThat(of(plan, Halt.class))
                    .filteredOn(Halt::arming, Arming.KILL)
                    .hasSize(2);
            assertThat(of(plan, Kill.class)).extracting(Kill::part).containsExactlyInAnyOrder("kafka", "postgresql");
        });
    }

    @Test
    void no_failpoint_is_left_out_in_the_long_run_of_short_ones() {
        assertThat(many(Size.SHORT).flatMap(plan -> plan.places().stream())).contains(Place.values());
    }

    @Test
    void a_run_for_each_has_every_failpoint_once() {
        assertThat(many(Size.EACH))
                .allSatisfy(plan -> assertThat(of(plan, Halt.class))
                        .extracting(Halt::place)
                        .containsExactlyInAnyOrder(Place.values()));
    }

    @Test
    void a_soak_has_every_failpoint_three_times_and_twenty_random_kills_and_two_outages() {
        assertThat(many(Size.SOAK)).allSatisfy(plan -> {
            assertThat(plan.bookings()).isEqualTo(10_000);
            assertThat(of(plan, Halt.class))
                    .extracting(Halt::place)
                    .hasSize(36)
                    .allSatisfy(place -> assertThat(Collections.frequency(
                                    plan.halts().stream().map(Halt::place).toList(), place))
                            .isEqualTo(3));
            assertThat(of(plan, Halt.class))
                    .filteredOn(Halt::arming, Arming.KILL)
                    .hasSize(20);
            assertThat(of(plan, Kill.class)).hasSize(6);
            assertThat(of(plan, Outage.class))
                    .extracting(Outage::time)
                    .hasSize(2)
                    .containsOnly(Duration.ofSeconds(60));
            assertThat(of(plan, Faults.class))
                    .allSatisfy(faults -> assertThat(faults.percent()).isBetween(10, 30));
        });
    }
}
