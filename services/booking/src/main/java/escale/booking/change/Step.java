package escale.booking.change;

import escale.booking.PaymentNews;
import escale.booking.change.Change.State;

/** What a piece of news about a supplement means for its change. */
public enum Step {
    TAKE_EFFECT,
    DROP,
    /** The retries have ended: nobody may begin them again for a change that is gone. */
    DROP_AND_TAKE_BACK,
    ASK_TRAVELLER,
    /** No time ends it: whether it was paid has to be found out. */
    WAIT,
    /** Nobody waits for this money any more, or it was heard before. */
    LATE,
    /** A line of the timeline. */
    NOTE;

    public static Step of(State state, PaymentNews news) {
        var pending = state == State.PENDING;
        return switch (news) {
            case PaymentNews.Succeeded _ -> pending ? TAKE_EFFECT : LATE;
            case PaymentNews.Declined _, PaymentNews.TakenBack _ -> pending ? DROP : NOTE;
            case PaymentNews.ExhaustedUnpaid _ -> pending ? DROP_AND_TAKE_BACK : NOTE;
            case PaymentNews.ExhaustedUnknown _ -> pending ? WAIT : NOTE;
            case PaymentNews.ActionRequired _ -> pending ? ASK_TRAVELLER : NOTE;
            case PaymentNews.AttemptFailed _, PaymentNews.Refunded _, PaymentNews.RefundFailed _ -> NOTE;
        };
    }

    /** A further supplement may be ordered: this one takes no money any more, or is known to have taken it. */
    static boolean endsCharge(PaymentNews news) {
        return switch (news) {
            case PaymentNews.Succeeded _,
                    PaymentNews.Declined _,
                    PaymentNews.TakenBack _,
                    PaymentNews.ExhaustedUnpaid _ -> true;
            case PaymentNews.ActionRequired _,
                    PaymentNews.AttemptFailed _,
                    PaymentNews.ExhaustedUnknown _,
                    PaymentNews.Refunded _,
                    PaymentNews.RefundFailed _ -> false;
        };
    }
}
