package escale.payment.provider;

import escale.http.Problem;
import escale.http.identity.AllowAnyone;
import escale.payment.HearProvider;
import escale.payment.HearProvider.Outcome;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;

/** The provider's door. The signature is the identity here; only once the effect is committed is the answer a yes. */
@Controller("/v1/webhooks/stripe")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowAnyone
final class WebhookController {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final StripeWebhooks webhooks;
    private final HearProvider hear;

    WebhookController(StripeWebhooks webhooks, HearProvider hear) {
        this.webhooks = webhooks;
        this.hear = hear;
    }

    @Post
    HttpResponse<?> receive(
            @Body byte[] body, @Header(value = "Stripe-Signature", defaultValue = "") String signature) {
        try {
            var notice = webhooks.read(body, signature);
            return notice.isEmpty() ? HttpResponse.ok() : answer(hear.hear(notice.get()));
        } catch (StripeWebhooks.NotGenuine e) {
            return Problem.badRequest("invalid-signature", String.valueOf(e.getMessage()))
                    .answer();
        }
    }

    private static HttpResponse<?> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Heard() -> HttpResponse.ok();
            case Outcome.UnknownPayment() ->
                Problem.unavailable("unknown-payment", "The payment is not known here yet: send it again later")
                        .answerRetryAfter(AGAIN);
            case Outcome.NotNow() ->
                Problem.unavailable(
                                "provider-not-asked", "What became of the payment cannot be told now: send it again")
                        .answerRetryAfter(AGAIN);
        };
    }
}
