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
import escale.payment.DeadLetter;
import escale.payment.ReplayDeadLetter;
import escale.payment.sql.DeadLetterCases;
import escale.runtime.Trace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letters: look at them, and have one tried again. */
@Controller("/v1/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Role.OPS_READ)
final class DeadLetterController {
    private final DeadLetterCases cases;
    private final ReplayDeadLetter replay;

    DeadLetterController(DeadLetterCases cases, ReplayDeadLetter replay) {
        this.cases = cases;
        this.replay = replay;
    }

    @Get
    HttpResponse<Page<DeadLetterJson>> list(
            @QueryValue DeadLetter.@Nullable Status status,
            @QueryValue @Nullable String cause,
            @QueryValue @Nullable UUID booking,
            PageRequest page,
            HttpRequest<?> request) {
        var from = page.after();
        var found = cases.list(
                new DeadLetterCases.Filter(status, cause, booking),
                from == null ? null : new DeadLetterCases.After(from.instant(), from.id()),
                page.rows());
        return Page.of(found, page, letter -> Cursor.at(letter.createdAt(), letter.id()), DeadLetterJson::of)
                .answer(request);
    }

    @Get("/{id}")
    HttpResponse<DeadLetterJson> one(UUID id, HttpRequest<?> request) {
        var letter = cases.find(id).orElseThrow(DeadLetterController::unknown);
        return ETag.answer(request, letter.version(), () -> DeadLetterJson.of(letter));
    }

    @Post("/{id}/replay")
    @Allow(Role.OPS_WRITE)
    HttpResponse<?> replay(UUID id, IfMatch seen, Identity operator, Trace trace) {
        return switch (replay.replay(id, (int) seen.version(), operator.userId(), trace)) {
            case ReplayDeadLetter.Outcome.Replaying(var letter) ->
                HttpResponse.accepted()
                        .header("ETag", ETag.of(letter.version()))
                        .body(DeadLetterJson.of(letter));
            case ReplayDeadLetter.Outcome.Unknown() -> throw unknown();
            case ReplayDeadLetter.Outcome.Stale(var now) -> ETag.stale(now.version());
            case ReplayDeadLetter.Outcome.Unreadable() ->
                Problem.conflict("not-replayable", "The record could not be read: nobody knows which payment to try")
                        .answer();
            case ReplayDeadLetter.Outcome.NothingToReplay(var now) ->
                now.status() == DeadLetter.Status.REPLAYING
                        ? Problem.conflict("payment-being-verified", "It is being tried already")
                                .answer()
                        : Problem.conflict("already-settled", "The payment has been settled")
                                .answer();
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("unknown-dead-letter", "There is no such dead letter"));
    }
}
