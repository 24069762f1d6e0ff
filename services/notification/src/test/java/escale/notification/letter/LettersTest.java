package escale.notification.letter;

import static org.assertj.core.api.Assertions.assertThat;

import escale.notification.Facts;
import escale.notification.Kind;
import escale.notification.Language;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {
    private static final UUID BOOKING = UUID.fromString("019df20e-80d0-70f2-b90c-f28c1fb17c23");
    private static final String PAGE = "https://escale.example/bookings/" + BOOKING;

    @Test
    void a_reservation_waits_for_its_payment_in_exactly_these_words() {
        var letter = french(Kind.RESERVED, facts("Montmartre", null));
        assertThat(letter.subject()).isEqualTo("Votre réservation est en attente de paiement");
        assertThat(letter.text())
                .contains("Réservation créée. Vous recevrez un lien de paiement par email sous peu.")
                .contains("Vos places sont gardées jusqu'au mardi 5 mai 2026 à 10:41 (heure locale, Paris).");
    }

    @Test
    void a_reservation_with_a_link_is_paid_by_it() {
        var letter = french(Kind.RESERVED, facts("Montmartre", "https://escale.example/pay/abc?x=1&y=2"));
        assertThat(letter.text())
                .contains("https://escale.example/pay/abc?x=1&y=2")
                .doesNotContain("sous peu");
        assertThat(letter.html()).contains("href=\"https://escale.example/pay/abc?x=1&amp;y=2\"");
    }

    @ParameterizedTest
    @EnumSource
    void every_mail_is_whole_in_both_languages_and_both_forms(Kind kind) {
        for (var language : Language.values()) {
            var letter = write(language, kind, facts("Montmartre", null), "Claire");
            assertThat(letter.subject()).isNotBlank();
            assertThat(letter.text()).contains("Claire", "Montmartre", BOOKING.toString(), PAGE);
            assertThat(letter.html())
                    .contains("Claire", "Montmartre", BOOKING.toString(), PAGE, "<h1", "lang=\"")
                    .doesNotContainPattern("\\{[a-z]+}[^;]");
        }
        assertThat(write(Language.FR, kind, facts("Montmartre", null), null).subject())
                .isNotEqualTo(write(Language.EN, kind, facts("Montmartre", null), null)
                        .subject());
    }

    @Test
    void a_traveller_who_comes_alone_has_one_seat() {
        var alone = new Facts(
                "M", Instant.EPOCH, "Europe/Paris", 1, 100, "EUR", null, null, Instant.parse("2026-05-05T08:41:00Z"));
        for (var kind : Kind.values()) {
            assertThat(french(kind, alone).text()).doesNotContain("places");
            assertThat(write(Language.EN, kind, alone, null).text()).doesNotContain("seats");
        }
    }

    @Test
    void a_decline_says_try_another_card_and_a_case_says_we_look_into_it() {
        assertThat(write(Language.EN, Kind.PAYMENT_DECLINED, facts("M", null), null)
                        .text())
                .contains("Try another card", "Nothing was charged");
        assertThat(french(Kind.PAYMENT_DECLINED, facts("M", null)).text()).contains("Essayez une autre carte");
        assertThat(write(Language.EN, Kind.PAYMENT_FAILED, facts("M", null), null)
                        .text())
                .contains("Our team looks into your booking");
        assertThat(french(Kind.PAYMENT_FAILED, facts("M", null)).text()).contains("Notre équipe examine");
    }

    @Test
    void what_somebody_typed_stays_text_on_the_page() {
        var letter = write(
                Language.FR,
                Kind.CONFIRMED,
                facts("<script>alert('1')</script> & \"{url}\"", null),
                "<img src=x onerror=alert(1)>");
        assertThat(letter.html())
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;{url}&quot;")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<script", "<img");
        assertThat(letter.text()).contains("<script>alert('1')</script> & \"{url}\"");
    }

    @Test
    void a_title_cannot_end_the_line_of_the_subject() {
        var letter = french(Kind.CONFIRMED, facts("Montmartre\r\nBcc: everybody@example.org\0", null));
        assertThat(letter.subject()).isEqualTo("Réservation confirmée : Montmartre Bcc: everybody@example.org");
        assertThat(letter.text()).contains("Visite : Montmartre Bcc:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example", "https:///x", "ht tp://x", "x"})
    void only_addresses_of_the_web_are_linked(String link) {
        assertThat(french(Kind.ACTION_REQUIRED, facts("M", link)).html())
                .doesNotContain("href=\"" + link)
                .contains("href=\"" + PAGE + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FR | 9000 | EUR | 90,00 €",
                "EN | 9000 | EUR | €90.00",
                "EN | 123456789 | USD | US$1,234,567.89",
                "FR | 5200 | JPY | 5 200 JPY",
                "EN | 5200 | JPY | JP¥5,200",
                "EN | 12345 | KWD | KWD12.345",
                "FR | 9000 | ZZZ | 90.00 ZZZ"
            })
    void money_is_written_as_the_language_does(Language language, long amount, String currency, String written) {
        var formats = new Formats(language, "yyyy");
        assertThat(formats.money(amount, currency).replaceAll("[\\u00a0\\u202f]", " "))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Paris | vendredi 12 juin 2026 à 20:30 (heure locale, Paris)",
                "America/Port_of_Spain | vendredi 12 juin 2026 à 14:30 (heure locale, Port of Spain)",
                "Asia/Tokyo | samedi 13 juin 2026 à 03:30 (heure locale, Tokyo)",
                "Mars/Olympus | vendredi 12 juin 2026 à 18:30 (heure locale, UTC)"
            })
    void a_departure_is_shown_on_the_clocks_of_its_place(String zone, String written) {
        var facts = new Facts("M", Instant.parse("2026-06-12T18:30:00Z"), zone, 1, 100, "EUR", null, null, null);
        assertThat(french(Kind.CONFIRMED, facts).text()).contains(written);
    }

    @Test
    void the_first_of_a_month_is_written_as_the_french_do() {
        var facts =
                new Facts("M", Instant.parse("2026-07-01T10:00:00Z"), "Europe/Paris", 1, 100, "EUR", null, null, null);
        assertThat(french(Kind.CONFIRMED, facts).text()).contains("mercredi 1er juillet 2026 à 12:00");
    }

    private static Facts facts(String title, @Nullable String link) {
        return new Facts(
                title,
                Instant.parse("2026-06-12T18:30:00Z"),
                "Europe/Paris",
                2,
                9_000,
                "EUR",
                null,
                link,
                Instant.parse("2026-05-05T08:41:00.118Z"));
    }

    private static Letter french(Kind kind, Facts facts) {
        return write(Language.FR, kind, facts, null);
    }

    private static Letter write(Language language, Kind kind, Facts facts, @Nullable String name) {
        return Letters.write(language, new Topic(kind, BOOKING, facts, name, PAGE, "support@escale.example"));
    }
}
