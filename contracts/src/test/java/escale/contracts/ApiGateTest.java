package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiGateTest {
    private static final SmallRelease RELEASED = new SmallRelease("""
            apis:
              booking:
                paths:
                  /bookings:
                    post:
                      parameters:
                        - { name: key, in: header, required: true, schema: { type: string } }
                        - { name: page, in: query, schema: { type: integer, maximum: 100 } }
                      requestBody:
                        content:
                          json:
                            schema:
                              required: [people]
                              properties:
                                people: { type: integer, maximum: 50 }
                                locale: { enum: [fr, en] }
                      responses:
                        '202':
                          headers:
                            Location: { required: true, schema: { type: string } }
                          content:
                            json:
                              schema:
                                required: [status]
                                properties:
                                  status: { enum: [OPEN, DONE] }
                                  reason: { type: string }
                        '409': {}
                    get: {}
            """);

    private static final String POST = "api booking /bookings post ";

    @Test
    void what_did_not_change_breaks_nobody() {
        assertThat(RELEASED.changingNothing()).isEmpty();
    }

    @Test
    void new_optional_things_are_welcome() {
        assertThat(RELEASED.changing(
                        "                      reason:",
                        "                      link: {}\n                      reason:"))
                .isEmpty();
        assertThat(RELEASED.changing("locale: {", "note: { type: string }\n                    locale: {"))
                .isEmpty();
        assertThat(RELEASED.changing("- { name: page", "- { name: size, in: query }\n            - { name: page"))
                .isEmpty();
    }

    @Test
    void an_answer_that_promises_more_is_welcome() {
        assertThat(RELEASED.changing("[status]", "[status, reason]")).isEmpty();
    }

    @Test
    void a_request_that_demands_less_is_welcome() {
        assertThat(RELEASED.changing("[people]", "[]")).isEmpty();
        assertThat(RELEASED.changing("maximum: 50", "maximum: 60")).isEmpty();
    }

    @Test
    void a_removed_path_is_refused() {
        assertThat(RELEASED.changing("/bookings:", "/reservations:"))
                .containsExactly("api booking /bookings was removed");
    }

    @Test
    void a_removed_operation_is_refused() {
        assertThat(RELEASED.changing("get: {}", "head: {}")).containsExactly("api booking /bookings get was removed");
    }

    @Test
    void a_removed_answer_is_refused() {
        assertThat(RELEASED.changing("'409'", "'410'")).containsExactly(POST + "409 was removed");
    }

    @Test
    void a_removed_field_of_an_answer_is_refused() {
        assertThat(RELEASED.changing("reason: {", "cause: {")).containsExactly(POST + "202 json.reason was removed");
    }

    @Test
    void a_field_of_an_answer_that_becomes_optional_is_refused() {
        assertThat(RELEASED.changing("[status]", "[]")).containsExactly(POST + "202 json.status is no longer certain");
    }

    @Test
    void a_removed_or_uncertain_header_of_an_answer_is_refused() {
        assertThat(RELEASED.changing("Location:", "Place:")).containsExactly(POST + "202 header Location was removed");
        assertThat(RELEASED.changing("Location: { required: true,", "Location: {"))
                .containsExactly(POST + "202 header Location is no longer certain");
    }

    @Test
    void a_new_required_field_of_a_request_is_refused() {
        assertThat(RELEASED.changing("[people]", "[people, locale]"))
                .containsExactly(POST + "body json.locale is required now");
    }

    @Test
    void a_body_or_parameter_that_becomes_required_is_refused() {
        assertThat(RELEASED.changing("requestBody:\n", "requestBody:\n            required: true\n"))
                .containsExactly(POST + "body is required now");
        assertThat(RELEASED.changing("in: query", "in: query, required: true"))
                .containsExactly(POST + "page is required now");
    }

    @Test
    void a_removed_or_moved_parameter_is_refused() {
        assertThat(RELEASED.changing("name: page", "name: size")).containsExactly(POST + "page was removed");
        assertThat(RELEASED.changing("in: query", "in: header")).hasSize(1);
    }

    @Test
    void a_tighter_limit_on_a_request_is_refused() {
        assertThat(RELEASED.changing("maximum: 50", "maximum: 40")).hasSize(1);
        assertThat(RELEASED.changing("maximum: 100", "maximum: 50, minimum: 1")).hasSize(2);
    }

    @Test
    void a_value_that_is_no_longer_taken_or_given_is_refused() {
        assertThat(RELEASED.changing("[fr, en]", "[fr]"))
                .containsExactly(POST + "body json.locale can no longer be en");
        assertThat(RELEASED.changing("[OPEN, DONE]", "[OPEN]"))
                .containsExactly(POST + "202 json.status can no longer be DONE");
    }
}
