package escale.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.load.ScriptedBooking.Deed;
import escale.drill.wire.Addresses;
import escale.drill.wire.Addresses.DatabaseAddress;
import escale.drill.wire.Tokens;
import escale.testkit.Kafka;
import escale.testkit.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadIT {
    @TempDir
    private Path folder;

    private final List<Second> seconds = new ArrayList<>();

    @BeforeAll
    static void topics() {
        List.of("booking.events", "payment.events")
                .forEach(topic -> Kafka.topics().create(topic, 4, Map.of()));
    }

    private static Plan plan(int inFlight, int count, Duration retryFor) {
        return new Plan(
                500,
                Duration.ofSeconds(30),
                count,
                inFlight,
                false,
                List.of(UUID.randomUUID()),
                20,
                0,
                "pm_card_visa",
                8,
                retryFor,
                Patience.LONGEST);
    }

    private Outcome run(Plan plan, ScriptedBooking booking) throws IOException, InterruptedException {
        var nowhere = URI.create("http://127.0.0.1:1");
        var none = new DatabaseAddress("none", "", "", "");
        var where = new Addresses(
                List.of(booking.url()),
                nowhere,
                Kafka.bootstrapServers(),
                nowhere,
                none,
                none,
                none,
                nowhere,
                folder,
                folder,
                folder);
        try (var load = Load.start(plan, where, Tokens.always("t"), "run", Clock.systemUTC(), seconds::add)) {
            return load.finish();
        }
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("run.jsonl"));
    }

    @Test
    void every_booking_is_counted_from_the_request_to_its_confirmation() throws Exception {
        try (var booking =
                new ScriptedBooking(request -> request % 2 == 0 ? Deed.CONFIRM : Deed.CONFIRM_BEFORE_THE_ANSWER)) {
            var outcome = run(plan(0, 300, Duration.ZERO), booking);

            assertThat(outcome.sent()).isEqualTo(300);
            assertThat(outcome.accepted()).isEqualTo(300);
            assertThat(outcome.confirmed()).isEqualTo(300);
            assertThat(outcome.unsettled()).isZero();
            assertThat(outcome.accept().count()).isEqualTo(300);
            assertThat(outcome.confirm().count()).isEqualTo(300);
            assertThat(outcome.seconds().stream().mapToLong(Second::confirmed).sum())
                    .isEqualTo(300);
            assertThat(booking.requests()).isEqualTo(300);
        }
    }

    @Test
    void the_log_tells_every_request_and_at_the_end_asks_for_some_keys_again() throws Exception {
        try (var booking = new ScriptedBooking(_ -> Deed.CONFIRM)) {
            run(plan(0, 100, Duration.ZERO), booking);

            assertThat(log().getFirst()).contains("\"world\":\"");
            assertThat(log().stream().filter(line -> line.contains("\"http\":202")))
                    .hasSize(150);
            assertThat(log().stream().filter(line -> line.contains("\"replayed\":true")))
                    .hasSize(50);
            assertThat(log().stream().filter(line -> line.contains("\"http\":422")))
                    .hasSize(50);
        }
    }

    @Test
    void refusals_are_counted_by_their_code_and_end_at_once() throws Exception {
        try (var booking = new ScriptedBooking(
                request -> request < 10 ? Deed.CONFIRM : request < 15 ? Deed.BUSY : Deed.SOLD_OUT)) {
            var outcome = run(plan(0, 50, Duration.ZERO), booking);

            assertThat(outcome.accepted()).isEqualTo(10);
            assertThat(outcome.refusals())
                    .containsOnly(Map.entry("409 sold-out", 35L), Map.entry("503 unavailable", 5L));
            assertThat(outcome.refused()).isEqualTo(40);
        }
    }

    @Test
    void a_request_without_an_answer_is_sent_again_under_its_key_until_there_is_one() throws Exception {
        try (var booking = new ScriptedBooking(request -> switch (request % 4) {
            case 0 -> Deed.HANG_UP;
            case 1 -> Deed.BUSY;
            default -> Deed.CONFIRM;
        })) {
            var outcome = run(plan(0, 40, Patience.LONGEST), booking);

            assertThat(outcome.accepted()).isEqualTo(40);
            assertThat(outcome.repeated()).isPositive();
            assertThat(booking.bookings()).isEqualTo(40);
            assertThat(log()).anyMatch(line -> line.contains("no answer"));
        }
    }

    @Test
    void a_closed_loop_waits_for_ends_not_for_answers() throws Exception {
        try (var booking = new ScriptedBooking(_ -> Deed.CONFIRM)) {
            assertThat(run(plan(4, 200, Duration.ZERO), booking).confirmed()).isEqualTo(200);
        }
    }

    @Test
    void a_reservation_has_ended_and_what_never_ends_is_named() throws Exception {
        var impatient = new Plan(
                500,
                Duration.ZERO,
                6,
                0,
                false,
                List.of(UUID.randomUUID()),
                1,
                1,
                "pm_card_visa",
                2,
                Duration.ZERO,
                Duration.ofMillis(300));
        try (var booking = new ScriptedBooking(request -> request % 2 == 0 ? Deed.RESERVE : Deed.LEAVE_PENDING)) {
            var outcome = run(impatient, booking);

            assertThat(outcome.endings()).containsEntry(Ending.RESERVED, 3L);
            assertThat(outcome.unsettled()).isEqualTo(3);
            assertThat(outcome.unsettledIds()).hasSize(3);
        }
    }
}
