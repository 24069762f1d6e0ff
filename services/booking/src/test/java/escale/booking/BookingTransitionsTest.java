package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BookingTransitionsTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:15:30Z");
    private static final PaymentNews.About ABOUT =
            Facts.about(UUID.fromString("019df20e-80d0-70f2-b90c-f28c1fb17c23"), 1, 2);

    /** One row per status, one column per piece of news: what the booking becomes, or - where it stays what it is. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    status,                   succeeded,      declined,       action-required, attempt-failed, unpaid,         unknown,         taken-back, refunded, refund-failed
                    PENDING_PAYMENT,          CONFIRMED,      PAYMENT_FAILED, ACTION_REQUIRED, -,              PAYMENT_FAILED, PENDING_PAYMENT, -,          -,        -
                    RESERVED_PENDING_PAYMENT, -,              -,              -,               -,              -,              -,               -,          -,        -
                    ACTION_REQUIRED,          CONFIRMED,      PAYMENT_FAILED, -,               -,              PAYMENT_FAILED, PENDING_PAYMENT, -,          -,        -
                    PAYMENT_FAILED,           CONFIRMED,      -,              -,               -,              -,              -,               -,          -,        -
                    CONFIRMED,                -,              -,              -,               -,              -,              -,               -,          -,        -
                    CANCELLED,                REFUND_PENDING, -,              -,               -,              -,              -,               -,          REFUNDED, -
                    EXPIRED,                  CONFIRMED,      -,              -,               -,              -,              -,               -,          REFUNDED, -
                    REFUND_PENDING,           -,              -,              -,               -,              -,              -,               -,          REFUNDED, -
                    REFUNDED,                 -,              -,              -,               -,              -,              -,               -,          -,        -
                    """, useHeadersInDisplayName = true)
    void each_status_answers_each_piece_of_news_as_the_table_says(
            Status status,
            String succeeded,
            String declined,
            String actionRequired,
            String attemptFailed,
            String unpaid,
            String unknown,
            String takenBack,
            String refunded,
            String refundFailed) {
        assertThat(after(status, new PaymentNews.Succeeded(ABOUT, "pi_1"))).isEqualTo(succeeded);
        assertThat(after(status, new PaymentNews.Declined(ABOUT, "expired_card")))
                .isEqualTo(declined);
        assertThat(after(status, new PaymentNews.ActionRequired(ABOUT, "https://bank", NOW)))
                .isEqualTo(actionRequired);
        assertThat(after(status, new PaymentNews.AttemptFailed(ABOUT, "provider-500", NOW)))
                .isEqualTo(attemptFailed);
        assertThat(after(status, new PaymentNews.ExhaustedUnpaid(ABOUT, "provider-500")))
                .isEqualTo(unpaid);
        assertThat(after(status, new PaymentNews.ExhaustedUnknown(ABOUT, "read-timeout")))
                .isEqualTo(unknown);
        assertThat(after(status, new PaymentNews.TakenBack(ABOUT))).isEqualTo(takenBack);
        assertThat(after(status, new PaymentNews.Refunded(ABOUT, UUID.randomUUID(), 9_000, null, null)))
                .isEqualTo(refunded);
        assertThat(after(status, new PaymentNews.RefundFailed(ABOUT, "provider-503", NOW)))
                .isEqualTo(refundFailed);
    }

    /** The move, if it may begin here; for money without one, what becomes of late money while there are seats. */
    private static String after(Status status, PaymentNews news) {
        var move = Verdict.of(news, NOW);
        if (move != null && move.transition().isLegalFrom(status)) {
            return move.transition().to().name();
        }
        if (news instanceof PaymentNews.Succeeded money) {
            return fate(status, money, 10);
        }
        return "-";
    }

    private static String fate(Status status, PaymentNews.Succeeded money, int seatsLeft) {
        var booking = Facts.booking(status);
        return switch (SettleLateMoney.Fate.of(booking, List.of(), money, Facts.departure(seatsLeft), NOW)) {
            case CONFIRM -> Transition.CONFIRM.to().name();
            case RESEAT -> Transition.RESEAT.to().name();
            case GIVE_BACK -> Transition.GIVE_BACK.to().name();
            case STRAY, KNOWN -> "-";
        };
    }

    @Test
    void late_money_goes_back_when_the_seats_are_gone() {
        assertThat(fate(Status.EXPIRED, new PaymentNews.Succeeded(ABOUT, "pi_1"), 1))
                .isEqualTo("REFUND_PENDING");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void money_of_an_earlier_charge_never_moves_a_booking(Status status) {
        var earlier = new PaymentNews.Succeeded(Facts.about(UUID.randomUUID(), 7, 1), "pi_1");
        assertThat(SettleLateMoney.Fate.of(Facts.booking(status), List.of(), earlier, Facts.departure(10), NOW))
                .isEqualTo(SettleLateMoney.Fate.STRAY);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING_PAYMENT, true, false, false",
        "RESERVED_PENDING_PAYMENT, true, true, true",
        "ACTION_REQUIRED, true, true, false",
        "PAYMENT_FAILED, true, true, true",
        "CONFIRMED, true, false, false",
        "CANCELLED, false, false, false",
        "EXPIRED, false, false, false",
        "REFUND_PENDING, false, false, false",
        "REFUNDED, false, false, false"
    })
    void who_may_cancel_what_expires_and_what_can_be_paid(
            Status status, boolean cancels, boolean expires, boolean pays) {
        assertThat(Transition.CANCEL.isLegalFrom(status)).isEqualTo(cancels);
        assertThat(Transition.EXPIRE.isLegalFrom(status)).isEqualTo(expires);
        assertThat(Transition.PAY.isLegalFrom(status)).isEqualTo(pays);
    }

    @ParameterizedTest
    @EnumSource(Transition.class)
    void seats_are_freed_by_cancelling_and_expiring_and_taken_again_by_reseating_only(Transition transition) {
        var changes = Arrays.stream(Status.values())
                .filter(transition::isLegalFrom)
                .anyMatch(from -> from.holdsSeats() != transition.to().holdsSeats());
        assertThat(changes)
                .isEqualTo(
                        switch (transition) {
                            case CANCEL, EXPIRE, RESEAT -> true;
                            case PAY, CHANGE, CONFIRM, DECLINE, EXHAUST, DOUBT, ASK_TRAVELLER, GIVE_BACK, REFUND ->
                                false;
                        });
    }

    @Test
    void what_fails_for_good_is_held_for_as_long_as_the_reason_deserves() {
        var declined = Verdict.of(new PaymentNews.Declined(ABOUT, "expired_card"), NOW);
        var exhausted = Verdict.of(new PaymentNews.ExhaustedUnpaid(ABOUT, "provider-500"), NOW);
        assertThat(declined.expiresAt()).isEqualTo(Instant.parse("2026-05-04T08:45:30Z"));
        assertThat(declined.requiresManualIntervention()).isFalse();
        assertThat(exhausted.expiresAt()).isEqualTo(Instant.parse("2026-05-05T08:15:30Z"));
        assertThat(exhausted.requiresManualIntervention()).isTrue();
    }
}
