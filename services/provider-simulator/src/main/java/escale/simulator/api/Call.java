package escale.simulator.api;

import escale.simulator.books.Attempt;
import escale.simulator.books.Books;
import escale.simulator.books.Ids;
import escale.simulator.faults.Subject;
import escale.simulator.http.Request;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refusal;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** A call that came through the door: it has a valid key, a known route and readable parameters. */
record Call(
        Route route,
        Params params,
        Attempt attempt,
        @Nullable String apiVersion) {

    private static final int LONGEST_KEY = 255;

    static Call of(Request request) {
        ApiKey.check(request.header("authorization"));
        var route = Route.of(request);
        var params = Params.parse(route.writes() ? request.body() : request.query());
        var key = route.writes() ? request.header("idempotency-key") : null;
        if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
            throw new InvalidRequest(Refusal.keyReused("An Idempotency-Key has 1 to 255 characters."));
        }
        var attempt = new Attempt(key, Ids.request(), request.path(), key == null ? "" : params.fingerprint());
        return new Call(route, params, attempt, request.header("stripe-version"));
    }

    boolean expands(String path) {
        return params.map("expand").containsValue(path);
    }

    /** What a fault rule, and the call log, can see of it. */
    Subject subject(Books books) {
        var metadata = new HashMap<String, String>();
        var method = params.text("payment_method");
        var intent = intent(books);
        if (intent != null) {
            metadata.putAll(intent.order().metadata());
            if (method == null && intent.method() != null) {
                method = intent.method().token();
            }
        }
        metadata.putAll(params.map("metadata"));
        return new Subject(route.call(), metadata, method, intent == null ? null : intent.id(), attempt.key());
    }

    private @Nullable PaymentIntent intent(Books books) {
        var named = params.text("payment_intent");
        var charge = params.text("charge");
        if (route.target() == Route.Target.INTENT && !route.id().isEmpty()) {
            return books.ask(state -> state.findIntent(route.id()));
        } else if (named != null) {
            return books.ask(state -> state.findIntent(named));
        } else if (charge != null) {
            return books.ask(state -> {
                var known = state.findCharge(charge);
                return known == null ? null : state.findIntent(known.intent());
            });
        }
        return null;
    }
}
