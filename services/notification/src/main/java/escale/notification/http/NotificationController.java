package escale.notification.http;

import escale.http.Cursor;
import escale.http.IdempotencyKey;
import escale.http.Page;
import escale.http.PageRequest;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.notification.Ask;
import escale.notification.Kind;
import escale.notification.RequestMail;
import escale.notification.RequestMail.Outcome;
import escale.notification.State;
import escale.notification.sql.MailViews;
import escale.notification.sql.MailViews.MailStory;
import escale.notification.sql.MailViews.MailView;
import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mails: asked for by services, looked up by operators. */
@Controller("/v1/notifications")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Role.OPS_READ)
final class NotificationController {
    private final RequestMail request;
    private final MailViews mails;

    NotificationController(RequestMail request, MailViews mails) {
        this.request = request;
        this.mails = mails;
    }

    @Post
    @Allow(Role.SERVICE)
    HttpResponse<?> request(@Body NotificationRequest body, IdempotencyKey key, Identity service, Trace trace) {
        var ask = new Ask(service.userId(), key.value(), body.hash());
        return switch (request.request(body.mail(), ask, Ids.next(), trace)) {
            case Outcome.Queued(var mail) -> accepted(mail);
            case Outcome.Replayed(var mail) -> accepted(mail).header("Idempotent-Replayed", "true");
            case Outcome.KeyReused() ->
                Problem.unprocessable("idempotency-key-reused", "This key was used for another request")
                        .answer();
            case Outcome.AlreadyTold(var mail) ->
                Problem.conflict("already-told", "The traveller has a mail for this occasion, sent or on its way")
                        .with("notificationId", mail.notificationId())
                        .answer();
            case Outcome.UnknownDeparture() ->
                Problem.unprocessable("unknown-departure", "No tour with this departure has been published")
                        .answer();
        };
    }

    @Get
    HttpResponse<Page<MailView>> list(
            @QueryValue @Nullable UUID booking,
            @QueryValue @Nullable Kind kind,
            @QueryValue @Nullable State state,
            PageRequest page,
            HttpRequest<?> request) {
        var from = page.after();
        var found = mails.list(
                new MailViews.Filter(booking, kind, state),
                from == null ? null : new MailViews.After(from.instant(), from.id()),
                page.rows());
        return Page.of(found, page, mail -> Cursor.at(mail.createdAt(), mail.notificationId()), mail -> mail)
                .answer(request);
    }

    @Get("/{id}")
    @Allow({Role.OPS_READ, Role.SERVICE})
    MailStory one(UUID id) {
        return mails.story(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("unknown-notification", "There is no such notification")));
    }

    private static MutableHttpResponse<MailView> accepted(MailView mail) {
        return HttpResponse.<MailView>accepted()
                .header("Location", "/v1/notifications/" + mail.notificationId())
                .body(mail);
    }
}
