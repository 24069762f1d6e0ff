package escale.booking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a piece of news means for its booking, if that is where the news expects it: a move, or only a line of the timeline. */
final class Verdict {
    private Verdict() {}

    static @Nullable Move of(PaymentNews news, Instant now) {
        return switch (news) {
            case PaymentNews.Succeeded _ -> Move.of(news, Transition.CONFIRM);
            case PaymentNews.Declined declined ->
                Move.of(news, Transition.DECLINE).because(declined.reason()).until(now.plus(Deadlines.DECLINED));
            case PaymentNews.ActionRequired action ->
                Move.of(news, Transition.ASK_TRAVELLER).by(action.link()).until(action.expiresAt());
            case PaymentNews.ExhaustedUnpaid _ ->
                Move.of(news, Transition.EXHAUST)
                        .because("retries-exhausted")
                        .forPeople()
                        .until(now.plus(Deadlines.CASE));
            case PaymentNews.ExhaustedUnknown _ ->
                Move.of(news, Transition.DOUBT).because("outcome-unknown").forPeople();
            case PaymentNews.Refunded refunded -> refunded.isAll() ? Move.of(news, Transition.REFUND) : null;
            case PaymentNews.AttemptFailed _, PaymentNews.TakenBack _, PaymentNews.RefundFailed _ -> null;
        };
    }

    /** The words for a move that has happened. */
    static BookingEvent told(PaymentNews news, Booking moved, PayLinks links) {
        var about = BookingEvent.About.of(moved);
        return switch (news) {
            case PaymentNews.Succeeded paid ->
                new BookingEvent.Confirmed(about, paid.about().paymentId(), paid.providerPaymentId());
            case PaymentNews.Declined declined ->
                new BookingEvent.PaymentFailed(
                        about, declined.reason(), true, false, moved.expiresAt(), again(moved, links));
            case PaymentNews.ActionRequired action ->
                new BookingEvent.ActionRequired(about, action.link(), action.expiresAt());
            case PaymentNews.ExhaustedUnpaid _ ->
                new BookingEvent.PaymentFailed(about, "retries-exhausted", false, true, moved.expiresAt(), null);
            case PaymentNews.ExhaustedUnknown _ -> new BookingEvent.NeedsAttention(about, "outcome-unknown", true);
            case PaymentNews.Refunded refunded ->
                new BookingEvent.Refunded(about, refunded.refundId(), refunded.amount());
            case PaymentNews.AttemptFailed _, PaymentNews.TakenBack _, PaymentNews.RefundFailed _ ->
                throw new IllegalArgumentException(news.type() + " moves no booking");
        };
    }

    /** Where another card can be tried. */
    private static @Nullable String again(Booking declined, PayLinks links) {
        var until = declined.expiresAt();
        return until == null ? null : links.link(declined, until);
    }
}
