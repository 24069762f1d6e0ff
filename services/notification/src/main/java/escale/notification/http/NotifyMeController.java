package escale.notification.http;

import escale.http.Problem;
import escale.http.identity.Allow;
import escale.http.identity.AllowAnyone;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import escale.notification.AskToBeTold;
import escale.notification.AskToBeTold.Outcome;
import escale.notification.Asker;
import escale.runtime.Ids;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/** While payment is not available: asking to be told when it is. */
@Controller("/v1/notify-me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Role.TRAVELLER)
final class NotifyMeController {
    private final AskToBeTold askToBeTold;

    /** That it was noted, in the words of the page. */
    @Serdeable
    record NotedJson(Instant outageSince, Messages messages) {}

    @Serdeable
    record Messages(String fr, String en) {
        static final Messages NOTED = new Messages(
                "Le service de paiement est temporairement indisponible. Vous pouvez continuer à parcourir nos visites et"
                        + " nous vous notifierons dès que les réservations seront à nouveau possibles.",
                "The payment service is temporarily unavailable. You can go on browsing our tours, and we will tell you as"
                        + " soon as booking is possible again.");
    }

    NotifyMeController(AskToBeTold askToBeTold) {
        this.askToBeTold = askToBeTold;
    }

    @Post
    HttpResponse<?> ask(Identity traveller) {
        return switch (askToBeTold.ask(new Asker.Traveller(traveller.userId()), Ids.next())) {
            case Outcome.Noted noted -> noted(noted.outageSince());
            case Outcome.NotedBefore(var since) -> noted(since);
            case Outcome.PossibleNow() -> possibleNow();
        };
    }

    @Delete
    HttpResponse<?> withdraw(Identity traveller) {
        askToBeTold.withdraw(traveller.userId());
        return HttpResponse.noContent();
    }

    /** Who asks first is told where to withdraw, and nobody else: whoever knows the place can withdraw. */
    @Post("/guests")
    @AllowAnyone
    HttpResponse<?> askAsGuest(@Body GuestRequest body) {
        return switch (askToBeTold.ask(body.asker(), UUID.randomUUID())) {
            case Outcome.Noted(var askingId, var since) ->
                noted(since).header("Location", "/v1/notify-me/guests/" + askingId);
            case Outcome.NotedBefore(var since) -> noted(since);
            case Outcome.PossibleNow() -> possibleNow();
        };
    }

    @Delete("/guests/{askingId}")
    @AllowAnyone
    HttpResponse<?> withdrawAsGuest(UUID askingId) {
        askToBeTold.withdraw(askingId);
        return HttpResponse.noContent();
    }

    private static MutableHttpResponse<NotedJson> noted(Instant since) {
        return HttpResponse.accepted().body(new NotedJson(since, Messages.NOTED));
    }

    private static HttpResponse<?> possibleNow() {
        return Problem.conflict("booking-possible", "Booking is possible now: there is nothing to wait for")
                .answer();
    }
}
