package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.booking.PayLinks.Permission;
import escale.runtime.Ids;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayLinksTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String NEW_KEY = "fedcba9876543210fedcba9876543210";
    private static final Permission PERMISSION = new Permission(Ids.next(), 1, Facts.NOW);

    private static PayLinks links(String key) {
        return new PayLinks(new PayLinkSettings(key, "https://escale.example"));
    }

    @Test
    void what_was_signed_here_is_read_again() {
        assertThat(links(KEY).read(links(KEY).token(PERMISSION))).contains(PERMISSION);
    }

    @Test
    void a_link_is_for_the_next_charge_of_its_booking() {
        var booking = Facts.booking(Status.PAYMENT_FAILED);
        var link = links(KEY).link(booking, Facts.NOW);
        assertThat(link).startsWith("https://escale.example/bookings/" + booking.id() + "/pay?token=");
        assertThat(links(KEY).read(link.substring(link.indexOf('=') + 1)))
                .contains(new Permission(booking.id(), 2, Facts.NOW));
    }

    @Test
    void no_bit_of_a_token_can_be_changed() {
        var token = links(KEY).token(PERMISSION);
        for (var i = 0; i < token.length(); i++) {
            var forged = token.toCharArray();
            forged[i] = forged[i] == 'A' ? 'B' : 'A';
            assertThat(links(KEY).read(new String(forged)))
                    .as("character %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64 at all !", "eyJhbGciOiJub25lIn0.e30."})
    void nonsense_is_no_token(String nonsense) {
        assertThat(links(KEY).read(nonsense)).isEmpty();
        assertThat(links(KEY).read("!".repeat(links(KEY).token(PERMISSION).length())))
                .isEmpty();
    }

    @Test
    void links_of_another_key_are_refused_and_a_key_can_be_replaced_while_its_links_are_still_good() {
        var old = links(KEY).token(PERMISSION);
        assertThat(links(NEW_KEY).read(old)).isEmpty();
        assertThat(links(NEW_KEY + "," + KEY).read(old)).contains(PERMISSION);
        assertThat(links(NEW_KEY).read(links(NEW_KEY + "," + KEY).token(PERMISSION)))
                .contains(PERMISSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789abcdef0123456789abcdef,"})
    void nothing_starts_without_a_key_worth_the_name(String key) {
        assertThatThrownBy(() -> new PayLinkSettings(key, "")).hasMessageContaining("PAY_LINK_KEY");
    }

    @Test
    void a_key_is_in_no_log() {
        assertThat(Arrays.asList(new PayLinkSettings(KEY, "")).toString()).doesNotContain(KEY);
    }
}
