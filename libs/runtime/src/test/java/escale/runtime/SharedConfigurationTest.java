package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedConfigurationTest {

    @Test
    void a_shared_line_holds_where_the_service_says_nothing() {
        try (var context = context(Map.of())) {
            assertThat(line(context, "endpoints.health.details-visible")).isEqualTo("ANONYMOUS");
        }
    }

    @Test
    void a_line_of_the_service_wins_over_a_shared_one() {
        try (var context = context(Map.of())) {
            assertThat(line(context, "micronaut.metrics.export.prometheus.step"))
                    .isEqualTo("PT42S");
        }
    }

    @Test
    void a_property_of_the_process_wins_over_both() {
        try (var context = context(Map.of("micronaut.metrics.export.prometheus.step", "PT7S"))) {
            assertThat(line(context, "micronaut.metrics.export.prometheus.step"))
                    .isEqualTo("PT7S");
        }
    }

    @Test
    void an_instance_signs_with_the_name_of_its_service_unless_it_was_given_another() {
        try (var context = context(Map.of())) {
            assertThat(line(context, "escale.instance")).isEqualTo("demo");
        }
        try (var context = context(Map.of("INSTANCE", "demo-3"))) {
            assertThat(line(context, "escale.instance")).isEqualTo("demo-3");
        }
    }

    private static ApplicationContext context(Map<String, Object> properties) {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(Map.of("micronaut.application.name", "demo"))
                .properties(properties)
                .start();
    }

    private static String line(ApplicationContext context, String name) {
        return context.getRequiredProperty(name, String.class);
    }
}
