package escale.booking.http;

import escale.booking.http.BookingJson.View;
import escale.booking.sql.BookingViews;
import escale.booking.sql.BookingViews.After;
import escale.booking.sql.BookingViews.Filter;
import escale.booking.sql.BookingViews.Span;
import escale.http.Cursor;
import escale.http.Page;
import escale.http.PageRequest;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists of bookings: one's own, or anybody's for those who look after them. */
@Controller("/v1/bookings")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow({Role.TRAVELLER, Role.OPS_READ, Role.SERVICE})
final class BookingListController {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,2})([hd])");
    private static final int LONGEST_USER = 64;

    private final BookingViews bookings;
    private final Clock clock;

    BookingListController(BookingViews bookings, Clock clock) {
        this.bookings = bookings;
        this.clock = clock;
    }

    @Get
    HttpResponse<Page<View>> list(
            @QueryValue @Nullable String user,
            @QueryValue @Nullable UUID tour,
            @QueryValue @Nullable String upcoming,
            PageRequest page,
            Identity identity,
            HttpRequest<?> request) {
        var filter = new Filter(whose(user, identity), tour, upcoming == null ? null : span(upcoming));
        var from = page.after();
        var found = bookings.list(filter, from == null ? null : new After(from.instant(), from.id()), page.rows());
        return Page.of(
                        found,
                        page,
                        booking -> {
                            var last = After.last(filter, booking);
                            return Cursor.at(last.at(), last.id());
                        },
                        View::of)
                .answer(request);
    }

    /** Travellers see their own; null is everybody's. */
    private static @Nullable String whose(@Nullable String user, Identity identity) {
        if (user != null && (user.isBlank() || user.length() > LONGEST_USER)) {
            throw new ProblemException(Problem.invalid("user", "must be 1 to " + LONGEST_USER + " characters"));
        }
        if (identity.has(Role.OPS_READ) || identity.has(Role.SERVICE)) {
            return user;
        }
        if (user != null && !user.equals(identity.userId())) {
            throw new ProblemException(
                    Problem.forbidden("role-missing", "The bookings of others are for operators and services"));
        }
        return identity.userId();
    }

    private Span span(String upcoming) {
        var matched = SPAN.matcher(upcoming);
        if (!matched.matches()) {
            throw new ProblemException(Problem.invalid("upcoming", "must be a span such as 24h or 7d"));
        }
        var number = Integer.parseInt(matched.group(1));
        var now = clock.instant();
        return new Span(
                now, now.plus(matched.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number)));
    }
}
