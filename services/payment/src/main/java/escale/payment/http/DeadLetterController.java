package escale.payment.http;

import escale.http.Cursor;
import escale.http.ETag;
import escale.http.IfMatch;
import escale.http.Page;
import escale.http.PageRequest;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.payment.cases.Acted;
import escale.payment.cases.CancelCharge;
import escale.payment.cases.Cases;
import escale.payment.cases.DeadLetter;
import escale.payment.cases.Deed;
import escale.payment.cases.Filter;
import escale.payment.cases.KeepCase;
import escale.payment.cases.MarkPaid;
import escale.payment.cases.MarkRefunded;
import escale.payment.cases.ReplayDeadLetter;
import escale.payment.http.CaseActs.Assign;
import escale.payment.http.CaseActs.Evidence;
import escale.payment.http.CaseActs.Note;
import escale.payment.http.CaseActs.Reason;
import escale.payment.http.CaseActs.Replay;
import escale.runtime.Trace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letters: look at them, and settle them. */
@Controller("/v1/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Role.OPS_READ)
final class DeadLetterController {
    private final Cases cases;
    private final ReplayDeadLetter replay;
    private final MarkPaid markPaid;
    private final MarkRefunded markRefunded;
    private final CancelCharge cancel;
    private final KeepCase keep;

    @Serdeable
    record GroupsJson(List<Cases.Group> items) {}

    @Serdeable
    record HistoryJson(List<Cases.Entry> items) {}

    DeadLetterController(
            Cases cases,
            ReplayDeadLetter replay,
            MarkPaid markPaid,
            MarkRefunded markRefunded,
            CancelCharge cancel,
            KeepCase keep) {
        this.cases = cases;
        this.replay = replay;
        this.markPaid = markPaid;
        this.markRefunded = markRefunded;
        this.cancel = cancel;
        this.keep = keep;
    }

    @Get
    HttpResponse<Page<DeadLetterJson>> list(
            @QueryValue DeadLetter.@Nullable Status status,
            @QueryValue @Nullable String cause,
            @QueryValue @Nullable UUID booking,
            @QueryValue @Nullable String owner,
            @QueryValue @Nullable String text,
            @QueryValue @Nullable Instant openedAfter,
            @QueryValue @Nullable Instant openedBefore,
            PageRequest page,
            HttpRequest<?> request) {
        var from = page.after();
        var found = cases.list(
                new Filter(status, cause, booking, owner, text, openedAfter, openedBefore),
                from == null ? null : new Cases.After(from.instant(), from.id()),
                page.rows());
        return Page.of(found, page, letter -> Cursor.at(letter.createdAt(), letter.id()), DeadLetterJson::of)
                .answer(request);
    }

    @Get("/groups")
    GroupsJson groups() {
        return new GroupsJson(cases.groups());
    }

    @Get("/{id}")
    HttpResponse<DeadLetterJson> one(UUID id, HttpRequest<?> request) {
        var letter = cases.find(id).orElseThrow(DeadLetterController::unknown);
        return ETag.answer(request, letter.version(), () -> DeadLetterJson.of(letter));
    }

    @Get("/{id}/history")
    HistoryJson history(UUID id) {
        var letter = cases.find(id).orElseThrow(DeadLetterController::unknown);
        return new HistoryJson(cases.history(letter.id()));
    }

    @Post("/{id}/replay")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> replay(UUID id, IfMatch seen, @Body @Nullable Replay wish, Identity operator, Trace trace) {
        var how = wish == null ? Replay.AS_IT_WAS : wish;
        var deed = deed(operator, "replay", how.inWords(), trace);
        var acted = replay.replay(id, (int) seen.version(), how.paymentMethod(), deed);
        return acted instanceof Acted.Done(var letter)
                ? HttpResponse.accepted()
                        .header("ETag", ETag.of(letter.version()))
                        .body(DeadLetterJson.of(letter))
                : answer(acted);
    }

    @Post("/{id}/mark-paid")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> markPaid(UUID id, IfMatch seen, @Body Evidence evidence, Identity operator, Trace trace) {
        var deed = deed(operator, "mark-paid", evidence.evidence(), trace);
        return answer(markPaid.markPaid(id, (int) seen.version(), deed));
    }

    @Post("/{id}/mark-refunded")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> markRefunded(UUID id, IfMatch seen, @Body Evidence evidence, Identity operator, Trace trace) {
        var deed = deed(operator, "mark-refunded", evidence.evidence(), trace);
        return answer(markRefunded.markRefunded(id, (int) seen.version(), deed));
    }

    @Post("/{id}/cancel")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> cancel(UUID id, IfMatch seen, @Body Reason reason, Identity operator, Trace trace) {
        return answer(cancel.cancel(id, (int) seen.version(), deed(operator, "cancel", reason.reason(), trace)));
    }

    @Post("/{id}/discard")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> discard(UUID id, IfMatch seen, @Body Reason reason, Identity operator, Trace trace) {
        var deed = deed(operator, "discard", reason.reason(), trace);
        return answer(keep.discard(id, (int) seen.version(), deed));
    }

    @Post("/{id}/notes")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> note(UUID id, IfMatch seen, @Body Note note, Identity operator, Trace trace) {
        return answer(keep.note(id, (int) seen.version(), deed(operator, "note", note.note(), trace)));
    }

    @Put("/{id}/owner")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> assign(UUID id, IfMatch seen, @Body Assign assign, Identity operator, Trace trace) {
        var owner = assign.owner();
        var deed = deed(operator, "assign", owner == null ? "nobody" : owner, trace);
        return answer(keep.assign(id, (int) seen.version(), owner, deed));
    }

    private static Deed deed(Identity operator, String action, String detail, Trace trace) {
        return new Deed(operator.userId(), action, detail, trace);
    }

    private static HttpResponse<?> answer(Acted acted) {
        return switch (acted) {
            case Acted.Done(var letter) ->
                HttpResponse.ok(DeadLetterJson.of(letter)).header("ETag", ETag.of(letter.version()));
            case Acted.Unknown() -> throw unknown();
            case Acted.Stale(var now, var last) -> stale(now, last);
            case Acted.Refused(var code, var why) -> Problem.conflict(code, why).answer();
        };
    }

    /** Whoever comes second sees who was first. */
    private static HttpResponse<?> stale(DeadLetter now, Cases.@Nullable Entry last) {
        var answer = ETag.stale(now.version());
        var problem = answer.body();
        return last == null || problem == null
                ? answer
                : answer.body(problem.with("lastActor", last.actor())
                        .with("lastAction", last.action())
                        .with("lastActionAt", last.at().toString()));
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("unknown-dead-letter", "There is no such dead letter"));
    }
}
