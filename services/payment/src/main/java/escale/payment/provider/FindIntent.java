package escale.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeSearchResult;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.service.PaymentIntentService;
import escale.payment.Doubt;
import escale.payment.Payment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks up at the provider what became of a payment: by the provider's id where it is known, else by ours in the
 * metadata. The search is quick, but behind: that money moved it proves, that none did only the list.
 */
final class FindIntent {
    static final String PAYMENT_ID = "paymentId";

    /** The provider's search index is behind by about a minute; what is older than this it knows for certain. */
    private static final Duration SEARCH_IS_SURE_AFTER = Duration.ofMinutes(10);

    /** How far the provider's clock may be from ours. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    private final PaymentIntentService intents;
    private final Duration deadline;
    private final KeyTimes keys;

    FindIntent(StripeClient stripe, Duration deadline, KeyTimes keys) {
        this.intents = stripe.v1().paymentIntents();
        this.deadline = deadline;
        this.keys = keys;
    }

    Optional<PaymentIntent> find(Payment payment) throws StripeException {
        var question = new Question(deadline);
        var known = payment.providerId();
        if (known != null) {
            return Optional.of(question.ask(options -> intents.retrieve(known, options)));
        }
        var searchIsSure = !keys.lastRequestIsWithin(SEARCH_IS_SURE_AFTER, payment);
        var shown = shown(question, payment, searchIsSure || isReplayed(payment));
        // A try that took no money does not end the search for one that did, and may not be known to the index yet.
        if (searchIsSure || shown.stream().anyMatch(FindIntent::tookMoney)) {
            return mostTelling(shown);
        }
        var listed = list(question, payment);
        return mostTelling(listed).or(() -> isReplayed(payment) ? mostTelling(shown) : Optional.empty());
    }

    /** What arrived late, after the proof and before a person began a new cycle, is older than what is listed. */
    private static boolean isReplayed(Payment payment) {
        return payment.cycle() > 1;
    }

    /** What the search shows; where it need not answer the list will tell. */
    private List<PaymentIntent> shown(Question question, Payment payment, boolean mustAnswer) throws StripeException {
        Question.Look<StripeSearchResult<PaymentIntent>> look = options -> intents.search(search(payment), options);
        try {
            return fresh(question, (mustAnswer ? question.ask(look) : question.once(look)).getData());
        } catch (StripeException e) {
            if (mustAnswer) {
                throw e;
            }
            return List.of();
        }
    }

    private static PaymentIntentSearchParams search(Payment payment) {
        var query = "metadata['%s']:'%s'".formatted(PAYMENT_ID, payment.order().paymentId());
        return PaymentIntentSearchParams.builder().setQuery(query).build();
    }

    /** The index also shows them as they were a while ago. */
    private List<PaymentIntent> fresh(Question question, List<PaymentIntent> shown) throws StripeException {
        var fresh = new ArrayList<PaymentIntent>();
        for (var intent : shown) {
            fresh.add(question.ask(options -> intents.retrieve(intent.getId(), options)));
        }
        return fresh;
    }

    /** The list, unlike the search, is never behind; newest first, it is read back to before the first use of the key. */
    private List<PaymentIntent> list(Question question, Payment payment) throws StripeException {
        var id = payment.order().paymentId().toString();
        var created = PaymentIntentListParams.Created.builder()
                .setGte(keys.firstRequest(payment).minus(CLOCK_SLACK).getEpochSecond());
        var answered = payment.keyUntil();
        if (answered != null && payment.doubt() == Doubt.ANSWERED) { // nothing can have arrived after it
            created.setLte(answered.plus(CLOCK_SLACK).getEpochSecond());
        }
        var params =
                PaymentIntentListParams.builder().setCreated(created.build()).setLimit(100L);
        var ours = new ArrayList<PaymentIntent>();
        // Page by page ourselves: the iterator of the SDK hides a page that failed in an exception of its own.
        while (true) {
            var page = question.ask(options -> intents.list(params.build(), options));
            for (var intent : page.getData()) {
                if (id.equals(intent.getMetadata().get(PAYMENT_ID))) {
                    ours.add(intent);
                }
            }
            if (!page.getHasMore()) {
                return ours;
            }
            params.setStartingAfter(page.getData().getLast().getId());
        }
    }

    /** Of several tries the one that took money is the answer. */
    private static Optional<PaymentIntent> mostTelling(List<PaymentIntent> tries) {
        return tries.stream()
                .filter(FindIntent::tookMoney)
                .findFirst()
                .or(() -> tries.stream().findFirst());
    }

    private static boolean tookMoney(PaymentIntent intent) {
        return intent.getStatus().equals("succeeded");
    }
}
