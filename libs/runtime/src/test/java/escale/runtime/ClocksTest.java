package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nothingIsMovedYet() {
        file = folder.resolve("clock");
    }

    @Test
    void business_time_moves_with_the_file_and_back() throws IOException {
        var clock = clock();
        assertThat(clock.instant()).isEqualTo(NOW);

        Files.writeString(file, "PT24H\n");
        assertThat(clock.instant()).isEqualTo(NOW.plus(DAY));

        Files.writeString(file, "PT-1H");
        assertThat(clock.instant()).isEqualTo(NOW.minus(Duration.ofHours(1)));

        Files.delete(file);
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void whoever_starts_later_finds_it_moved_already() throws IOException {
        Files.writeString(file, "PT24H");

        assertThat(clock().instant()).isEqualTo(NOW.plus(DAY));
    }

    @Test
    void nonsense_in_the_file_moves_nothing() throws IOException {
        Files.writeString(file, "PT24H");
        var clock = clock();

        Files.writeString(file, "tomorrow");
        assertThat(clock.instant()).isEqualTo(NOW.plus(DAY));

        Files.writeString(file, "PT48H");
        assertThat(clock.instant()).isEqualTo(NOW.plus(DAY).plus(DAY));
    }

    @Test
    void in_the_local_profile_business_time_moves_and_the_machines_does_not() throws IOException {
        Files.writeString(file, "PT24H");
        try (var context = context("local")) {
            assertThat(ahead(context.getBean(Clock.class))).isGreaterThan(Duration.ofHours(23));
            assertThat(ahead(context.getBean(Clock.class, Qualifiers.byName("machine"))))
                    .isLessThan(Duration.ofHours(1));
        }
    }

    @Test
    void anywhere_else_nobody_moves_anything() throws IOException {
        Files.writeString(file, "PT24H");
        try (var context = context("production")) {
            assertThat(ahead(context.getBean(Clock.class))).isLessThan(Duration.ofHours(1));
        }
    }

    private MovedClock clock() {
        return new MovedClock(Clock.fixed(NOW, ZoneOffset.UTC), file, Duration.ZERO);
    }

    private ApplicationContext context(String profile) {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .environments(profile)
                .properties(Map.of("micronaut.application.name", "demo", "CLOCK_FILE", file.toString()))
                .start();
    }

    private static Duration ahead(Clock clock) {
        return Duration.between(Clock.systemUTC().instant(), clock.instant());
    }
}
