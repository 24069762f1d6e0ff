package escale.payment.http;

import escale.http.Cursor;
import escale.http.IdempotencyKey;
import escale.http.Page;
import escale.http.PageRequest;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.payment.http.RedriveJson.PreviewJson;
import escale.payment.http.RedriveJson.Request;
import escale.payment.redrive.CancelRedrive;
import escale.payment.redrive.CancelRedrive.Cancelled;
import escale.payment.redrive.PreviewRedrive;
import escale.payment.redrive.Redrive;
import escale.payment.redrive.Redrives;
import escale.payment.redrive.StartRedrive;
import escale.payment.redrive.StartRedrive.Asked;
import escale.payment.redrive.StartRedrive.Started;
import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Many dead letters at once: look first, start, watch, cancel. */
@Controller("/v1/dead-letters/redrives")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Role.OPS_READ)
final class RedriveController {
    private final PreviewRedrive preview;
    private final StartRedrive start;
    private final CancelRedrive cancel;
    private final Redrives redrives;

    RedriveController(PreviewRedrive preview, StartRedrive start, CancelRedrive cancel, Redrives redrives) {
        this.preview = preview;
        this.start = start;
        this.cancel = cancel;
        this.redrives = redrives;
    }

    /** For those who may act: it asks the provider. */
    @Post("/preview")
    @Allow(Role.OPS_WRITE)
    PreviewJson preview(@Body @Nullable Request request) {
        return PreviewJson.of(preview.preview(wish(request).filter()));
    }

    @Post
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> start(@Body @Nullable Request request, IdempotencyKey key, Identity operator, Trace trace) {
        var wish = wish(request);
        var asked = new Asked(Ids.next(), operator.userId(), key.value(), wish.hash(), trace);
        return switch (start.start(wish.order(), asked)) {
            case Started.Running(var redrive) -> accepted(redrive, false);
            case Started.Again(var redrive) -> accepted(redrive, true);
            case Started.KeyReused() ->
                Problem.unprocessable("idempotency-key-reused", "This key stands for another request")
                        .answer();
            case Started.AnotherRuns(var id) ->
                Problem.conflict("redrive-running", "Another redrive runs: wait for it, or cancel it")
                        .with("redriveId", id.toString())
                        .answer();
            case Started.NothingToDo() ->
                Problem.conflict("nothing-to-redrive", "No open dead letter is like that")
                        .answer();
        };
    }

    @Get
    HttpResponse<Page<RedriveJson>> list(PageRequest page, HttpRequest<?> request) {
        var from = page.after();
        var found = redrives.list(from == null ? null : from.instant(), from == null ? null : from.id(), page.rows());
        return Page.of(found, page, redrive -> Cursor.at(redrive.startedAt(), redrive.id()), RedriveJson::of)
                .answer(request);
    }

    @Get("/{id}")
    RedriveJson one(UUID id) {
        return RedriveJson.of(redrives.find(id).orElseThrow(RedriveController::unknown));
    }

    /** Without If-Match: whoever wants it to stop does not care how far it has come. */
    @Post("/{id}/cancel")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> cancel(UUID id, Identity operator) {
        return switch (cancel.cancel(id, operator.userId())) {
            case Cancelled.Now(var redrive) -> HttpResponse.ok(RedriveJson.of(redrive));
            case Cancelled.Over(var redrive) ->
                Problem.conflict("redrive-over", "It has ended already, as " + redrive.state())
                        .answer();
            case Cancelled.Unknown() -> throw unknown();
        };
    }

    private static HttpResponse<RedriveJson> accepted(Redrive redrive, boolean replayed) {
        return HttpResponse.accepted()
                .header(HttpHeaders.LOCATION, "/v1/dead-letters/redrives/" + redrive.id())
                .header("Idempotent-Replayed", Boolean.toString(replayed))
                .body(RedriveJson.of(redrive));
    }

    private static Request wish(@Nullable Request request) {
        return Objects.requireNonNullElse(request, Request.ALL);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("unknown-redrive", "There is no such redrive"));
    }
}
