package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule is seen failing here: a guard that cannot fail guards nothing. */
class HouseRulesTest {
    private static final String FIXTURES = "escale.testkit.fixtures.";

    @TempDir
    Path directory;

    @Test
    void a_well_kept_house_has_nothing_to_complain_of() {
        var rules = HouseRules.in(FIXTURES + "good").rooms("refunds");

        assertThatCode(() -> rules.check(fixture("good", "refunds"))).doesNotThrowAnyException();
    }

    @Test
    void this_module_keeps_the_rules_itself() {
        HouseRules.check("escale.testkit");
    }

    /** It cannot check itself: it would need this module, which needs it. */
    @Test
    void the_embedded_servers_keep_the_rules() {
        HouseRules.in("escale.embedded")
                .except(HouseRule.LOGS_ONLY, "escale.embedded.BrokerProcess", "its parent reads what it says")
                .except(HouseRule.TIME_AND_IDS_COME_IN, "escale.embedded.PostgresData", "the password is for nobody")
                .check();
    }

    @Test
    void names_that_say_nothing_are_reported() {
        assertThat(broken(HouseRule.NAMED_FOR_ITS_JOB, "naming"))
                .containsExactlyInAnyOrder(
                        "BookingServiceImpl ends in Impl",
                        "BookingManager ends in Manager",
                        "BookingHelper ends in Helper",
                        "BookingUtils ends in Utils",
                        "BookingDto ends in Dto",
                        "util.Anything lives in a package named util");
    }

    @Test
    void a_package_the_null_checker_does_not_look_at_is_reported() {
        assertThat(HouseRule.NULL_MARKED.violations(fixture("unmarked")))
                .containsExactly(new Violation(FIXTURES + "unmarked", "has no package-info.java with @NullMarked"));
    }

    @Test
    void data_that_flows_backwards_or_sideways_is_reported() {
        assertThat(broken(HouseRule.ONE_WAY, "doors"))
                .containsExactlyInAnyOrder(
                        "AcceptBooking knows " + FIXTURES + "doors.http.BookingController",
                        "http.BookingController knows " + FIXTURES + "doors.pricing.PricingClient",
                        "sql.BookingStore knows " + FIXTURES + "doors.kafka.PaymentListener");
    }

    @Test
    void a_feature_that_was_not_declared_as_a_room_is_taken_for_a_door() {
        assertThat(broken(HouseRule.ONE_WAY, "good"))
                .containsExactly("refunds.RefundPolicy knows " + FIXTURES + "good.pricing.PricingClient");
    }

    @Test
    void a_use_case_or_a_store_that_asks_the_machine_for_time_or_chance_is_reported_and_a_door_is_not() {
        assertThat(broken(HouseRule.TIME_AND_IDS_COME_IN, "time"))
                .map(sentence -> sentence.replaceFirst(" in line .*", ""))
                .containsExactlyInAnyOrder(
                        "AcceptBooking calls java.time.Instant.now()",
                        "AcceptBooking calls java.time.LocalDate.now(java.time.ZoneId)",
                        "AcceptBooking calls java.time.ZonedDateTime.now(java.time.ZoneId)",
                        "AcceptBooking calls java.time.OffsetDateTime.now()",
                        "AcceptBooking calls java.lang.System.currentTimeMillis()",
                        "AcceptBooking calls java.util.Date.<init>()",
                        "AcceptBooking calls java.util.UUID.randomUUID()",
                        "AcceptBooking calls java.time.Clock.systemUTC()",
                        "sql.BookingStore calls java.time.Instant.now()");
    }

    @Test
    void words_on_the_console_are_reported() {
        assertThat(broken(HouseRule.LOGS_ONLY, "speech"))
                .containsExactlyInAnyOrder(
                        "Talkative speaks through System.out",
                        "Talkative speaks through System.err",
                        "Talkative prints a stack trace",
                        "Talkative uses java.util.logging");
    }

    @Test
    void an_injected_field_is_reported() {
        assertThat(broken(HouseRule.CONSTRUCTOR_INJECTION, "injection"))
                .containsExactly("Injected has its field field injected");
    }

    @Test
    void an_interface_that_is_a_class_written_twice_is_reported() {
        assertThat(broken(HouseRule.NO_LONELY_INTERFACE, "lonely"))
                .containsExactly("Bookings has a single implementation");
    }

    @Test
    void a_mocking_library_on_the_class_path_is_reported() throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("org/mockito")).resolve("Mockito.class"), "");
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            var house = new House("escale", Set.of(), List.of(), directory, loader);

            assertThat(HouseRule.NO_MOCKS.violations(house))
                    .containsExactly(new Violation("class path", "holds org.mockito.Mockito"));
        }
    }

    @Test
    void a_file_of_more_than_300_lines_is_reported() throws IOException {
        var sources = Files.createDirectories(directory.resolve("escale/booking"));
        Files.writeString(sources.resolve("Booking.java"), "\n".repeat(300));
        Files.writeString(sources.resolve("Everything.java"), "\n".repeat(301));
        var house = new House(
                "escale.booking", Set.of(), List.of(), directory, getClass().getClassLoader());

        assertThat(HouseRule.SHORT_FILES.violations(house))
                .containsExactly(new Violation("escale.booking.Everything", "has 301 lines"));
    }

    @Test
    void all_complaints_come_at_once_each_with_its_rule() {
        assertThatThrownBy(() -> HouseRules.in(FIXTURES + "naming").check(fixture("naming")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "BookingDto ends in Dto (NAMED_FOR_ITS_JOB A package or class is named for its job.)")
                .hasMessageContaining("BookingManager ends in Manager");
    }

    @Test
    void an_exception_excuses_what_it_names_and_needs_a_reason() {
        var rules = HouseRules.in(FIXTURES + "speech");

        assertThatCode(() -> rules.except(HouseRule.LOGS_ONLY, FIXTURES + "speech.Talkative", "a command line speaks")
                        .check(fixture("speech")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.except(HouseRule.LOGS_ONLY, FIXTURES + "speech.Talkative", " "))
                .hasMessageContaining("needs a reason");
    }

    @Test
    void an_exception_nobody_needs_any_more_is_reported() {
        var rules = HouseRules.in(FIXTURES + "lonely")
                .except(HouseRule.NO_LONELY_INTERFACE, FIXTURES + "lonely.Bookings", "the tests have a second side")
                .except(HouseRule.LOGS_ONLY, FIXTURES + "lonely.Cli", "a command line speaks");

        assertThatThrownBy(() -> rules.check(fixture("lonely")))
                .hasMessageContaining("lonely.Cli does not break LOGS_ONLY any more: drop its exception");
    }

    @Test
    void a_root_package_without_classes_is_reported_instead_of_passing() {
        assertThatThrownBy(() -> HouseRules.check("escale.nowhere")).hasMessageContaining("nothing was checked");
    }

    private static House fixture(String name, String... rooms) {
        return House.of(FIXTURES + name, Set.of(rooms));
    }

    private static List<String> broken(HouseRule rule, String fixture) {
        return rule.violations(fixture(fixture))
                .map(violation ->
                        violation.where().substring((FIXTURES + fixture).length() + 1) + " " + violation.what())
                .toList();
    }
}
