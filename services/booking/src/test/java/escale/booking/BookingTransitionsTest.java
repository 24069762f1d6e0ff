package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import escale.booking.change.Change;
import escale.booking.change.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /** One row per state of a change, one column per piece of news about its supplement. The booking is CONFIRMED throughout. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    state,   succeeded,   declined, action-required, attempt-failed, unpaid,             unknown, taken-back, refunded, refund-failed
                    PENDING, TAKE_EFFECT, DROP,     ASK_TRAVELLER,   NOTE,           DROP_AND_TAKE_BACK, WAIT,    DROP,       NOTE,     NOTE
                    DONE,    LATE,        NOTE,     NOTE,            NOTE,           NOTE,               NOTE,    NOTE,       NOTE,     NOTE
                    DROPPED, LATE,        NOTE,     NOTE,            NOTE,           NOTE,               NOTE,    NOTE,       NOTE,     NOTE
                    """, useHeadersInDisplayName = true)
    void each_change_answers_each_piece_of_news_as_the_table_says(
            Change.State state,
            Step succeeded,
            Step declined,
            Step actionRequired,
            Step attemptFailed,
            Step unpaid,
            Step unknown,
            Step takenBack,
            Step refunded,
            Step refundFailed) {
        assertThat(Step.of(state, new PaymentNews.Succeeded(ABOUT, "pi_1"))).isEqualTo(succeeded);
        assertThat(Step.of(state, new PaymentNews.Declined(ABOUT, "expired_card")))
                .isEqualTo(declined);
        assertThat(Step.of(state, new PaymentNews.ActionRequired(ABOUT, "https://bank", NOW)))
                .isEqualTo(actionRequired);
        assertThat(Step.of(state, new PaymentNews.AttemptFailed(ABOUT, "provider-500", NOW)))
                .isEqualTo(attemptFailed);
        assertThat(Step.of(state, new PaymentNews.ExhaustedUnpaid(ABOUT, "provider-500")))
                .isEqualTo(unpaid);
        assertThat(Step.of(state, new PaymentNews.ExhaustedUnknown(ABOUT, "read-timeout")))
                .isEqualTo(unknown);
        assertThat(Step.of(state, new PaymentNews.TakenBack(ABOUT))).isEqualTo(takenBack);
        assertThat(Step.of(state, refunded(0L, "booking-cancelled"))).isEqualTo(refunded);
        assertThat(Step.of(state, new PaymentNews.RefundFailed(ABOUT, "provider-503", NOW)))
                .isEqualTo(refundFailed);
    }

    /** What a refund means that the booking's own charge did not lead to: a part after a change, one of several charges. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    status,                   part after a change, some is left, nothing is left, nobody says
                    PENDING_PAYMENT,          NOTE,                NOTE,         NOTE,            NOTE
                    RESERVED_PENDING_PAYMENT, NOTE,                NOTE,         NOTE,            NOTE
                    ACTION_REQUIRED,          NOTE,                NOTE,         NOTE,            NOTE
                    PAYMENT_FAILED,           NOTE,                NOTE,         NOTE,            NOTE
                    CONFIRMED,                TELL,                NOTE,         NOTE,            NOTE
                    CANCELLED,                NOTE,                NOTE,         NOTE,            NOTE
                    EXPIRED,                  NOTE,                NOTE,         NOTE,            NOTE
                    REFUND_PENDING,           NOTE,                NOTE,         REFUND,          NOTE
                    REFUNDED,                 NOTE,                NOTE,         NOTE,            NOTE
                    """, useHeadersInDisplayName = true)
    void each_status_answers_each_refund_as_the_table_says(
            Status status,
            SettleRefunds.Meaning part,
            SettleRefunds.Meaning some,
            SettleRefunds.Meaning nothing,
            SettleRefunds.Meaning nobody) {
        assertThat(SettleRefunds.Meaning.of(status, refunded(4_500L, "booking-changed")))
                .isEqualTo(part);
        assertThat(SettleRefunds.Meaning.of(status, refunded(4_500L, "booking-cancelled")))
                .isEqualTo(some);
        assertThat(SettleRefunds.Meaning.of(status, refunded(0L, "booking-cancelled")))
                .isEqualTo(nothing);
        assertThat(SettleRefunds.Meaning.of(status, refunded(null, null))).isEqualTo(nobody);
    }

    @Test
    void a_part_that_goes_back_is_no_refund_of_the_booking() {
        assertThat(Verdict.of(refunded(1L, "booking-changed"), NOW)).isNull();
        assertThat(Verdict.of(refunded(0L, "booking-cancelled"), NOW)).isNotNull();
        assertThat(Verdict.of(refunded(null, null), NOW)).isNotNull();
    }

    private static PaymentNews.Refunded refunded(@Nullable Long remaining, @Nullable String reason) {
        return new PaymentNews.Refunded(ABOUT, UUID.randomUUID(), 9_000, remaining, reason);
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
        "PENDING_PAYMENT, true, false, false, false",
        "RESERVED_PENDING_PAYMENT, true, true, true, false",
        "ACTION_REQUIRED, true, true, false, false",
        "PAYMENT_FAILED, true, true, true, false",
        "CONFIRMED, true, false, false, true",
        "CANCELLED, false, false, false, false",
        "EXPIRED, false, false, false, false",
        "REFUND_PENDING, false, false, false, false",
        "REFUNDED, false, false, false, false"
    })
    void who_may_cancel_what_expires_and_what_can_be_paid_or_changed(
            Status status, boolean cancels, boolean expires, boolean pays, boolean changes) {
        assertThat(Transition.CANCEL.isLegalFrom(status)).isEqualTo(cancels);
        assertThat(Transition.EXPIRE.isLegalFrom(status)).isEqualTo(expires);
        assertThat(Transition.PAY.isLegalFrom(status)).isEqualTo(pays);
        assertThat(Transition.CHANGE.isLegalFrom(status)).isEqualTo(changes);
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
