package escale.booking;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a booking's timeline.
 *
 * @param event names what happened, so that hearing it again adds no second line
 * @param status what the booking became by it; null when it stayed what it was
 */
public record Heard(
        UUID bookingId,
        String event,
        Instant at,
        String type,
        @Nullable Status status,
        @Nullable Integer chargeNo,
        @Nullable Integer attempt,
        @Nullable Integer cycle,
        @Nullable String cause,
        @Nullable Instant nextAttemptAt,
        @Nullable String worker,
        PaymentNews.@Nullable Source source,
        String traceparent) {

    /** News that moved nothing. */
    public static Heard of(PaymentNews news) {
        return of(news, news.type(), null);
    }

    /** News that moved the booking, under the name of the event that tells so. */
    public static Heard of(PaymentNews news, BookingEvent told) {
        return of(news, told.type(), told.about().status());
    }

    private static Heard of(PaymentNews news, String type, @Nullable Status status) {
        var about = news.about();
        return new Heard(
                about.bookingId(),
                "charge " + about.chargeNo() + "." + about.version(),
                about.at(),
                type,
                status,
                about.chargeNo(),
                about.attempt(),
                about.cycle(),
                cause(news),
                nextAttemptAt(news),
                about.worker(),
                about.source(),
                about.trace().traceparent());
    }

    /** What booking did by itself, or a person through it. */
    public static Heard of(BookingEvent told, @Nullable String cause, String traceparent) {
        var about = told.about();
        return new Heard(
                about.bookingId(),
                "booking " + about.version(),
                about.occurredAt(),
                told.type(),
                about.status(),
                about.chargeNo(),
                null,
                null,
                cause,
                null,
                null,
                null,
                traceparent);
    }

    private static @Nullable String cause(PaymentNews news) {
        return switch (news) {
            case PaymentNews.Declined declined -> declined.reason();
            case PaymentNews.AttemptFailed failed -> failed.cause();
            case PaymentNews.ExhaustedUnpaid exhausted -> exhausted.cause();
            case PaymentNews.ExhaustedUnknown exhausted -> exhausted.cause();
            case PaymentNews.RefundFailed failed -> failed.cause();
            case PaymentNews.Succeeded _,
                    PaymentNews.ActionRequired _,
                    PaymentNews.TakenBack _,
                    PaymentNews.Refunded _ -> null;
        };
    }

    private static @Nullable Instant nextAttemptAt(PaymentNews news) {
        return switch (news) {
            case PaymentNews.AttemptFailed failed -> failed.nextAttemptAt();
            case PaymentNews.RefundFailed failed -> failed.nextAttemptAt();
            case PaymentNews.Succeeded _,
                    PaymentNews.Declined _,
                    PaymentNews.ActionRequired _,
                    PaymentNews.ExhaustedUnpaid _,
                    PaymentNews.ExhaustedUnknown _,
                    PaymentNews.TakenBack _,
                    PaymentNews.Refunded _ -> null;
        };
    }
}
