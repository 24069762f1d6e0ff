package escale.simulator.api;

import escale.simulator.books.Books;
import escale.simulator.books.Event;
import escale.simulator.books.Events;
import escale.simulator.books.Page;
import escale.simulator.faults.CallKind;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.payments.Charge;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refund;
import escale.simulator.payments.Refusal;
import escale.simulator.payments.Resource;
import escale.simulator.wire.EventJson;
import escale.simulator.wire.JsonOut;
import escale.simulator.wire.ResourceJson;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Answers the calls that only look. */
final class ReadCalls {

    private final Books books;
    private final FaultSwitch faults;
    private final ResourceJson json;
    private final ToIntFunction<Event> pendingWebhooks;

    ReadCalls(Books books, FaultSwitch faults, ResourceJson json, ToIntFunction<Event> pendingWebhooks) {
        this.books = books;
        this.faults = faults;
        this.json = json;
        this.pendingWebhooks = pendingWebhooks;
    }

    byte[] answer(Call call) {
        var id = call.route().id();
        boolean list = id.isEmpty();
        return switch (call.route().target()) {
            case INTENT -> {
                if (call.route().call() == CallKind.SEARCH) {
                    yield search(call);
                }
                yield list ? intents(call) : JsonOut.document(intent(call, books.ask(state -> state.intent(id)), ""));
            }
            case CHARGE -> list ? charges(call) : one("charge", id, books.ask(state -> state.findCharge(id)));
            case REFUND -> list ? refunds(call) : one("refund", id, books.ask(state -> state.findRefund(id)));
            case EVENT -> list ? events(call) : event(id);
            case BALANCE -> balance();
        };
    }

    private byte[] one(String kind, String id, @Nullable Resource found) {
        if (found == null) {
            throw new InvalidRequest(Refusal.notFound(kind, id, "id"));
        }
        return JsonOut.document(json.of(found));
    }

    private JsonOut.Part intent(Call call, PaymentIntent intent, String prefix) {
        return call.expands(prefix + "latest_charge")
                ? json.expanded(intent, charge -> books.ask(state -> state.findCharge(charge)))
                : json.of(intent);
    }

    private byte[] intents(Call call) {
        var customer = call.params().text("customer");
        Predicate<PaymentIntent> wanted =
                intent -> customer == null || customer.equals(intent.order().customer());
        var paging = ListParams.paging(call.params());
        Page<PaymentIntent> page = books.ask(state -> state.intents(paging, wanted));
        return list("/v1/payment_intents", page, intent -> intent(call, intent, "data."));
    }

    private byte[] charges(Call call) {
        var intent = call.params().text("payment_intent");
        var paging = ListParams.paging(call.params());
        Page<Charge> page = books.ask(state -> state.charges(intent, paging));
        return list("/v1/charges", page, json::of);
    }

    private byte[] refunds(Call call) {
        var intent = call.params().text("payment_intent");
        var charge = call.params().text("charge");
        var paging = ListParams.paging(call.params());
        Page<Refund> page = books.ask(state -> state.refunds(
                intent, paging, refund -> charge == null || refund.charge().equals(charge)));
        return list("/v1/refunds", page, json::of);
    }

    private byte[] events(Call call) {
        var type = call.params().text("type");
        var types = call.params().map("types").values();
        var paging = ListParams.paging(call.params());
        Predicate<Event> wanted = event ->
                (type == null || event.type().equals(type)) && (types.isEmpty() || types.contains(event.type()));
        Page<Event> page = books.ask(state -> Events.page(state, paging, wanted));
        return list("/v1/events", page, event -> EventJson.of(event, pendingWebhooks.applyAsInt(event), json));
    }

    private byte[] event(String id) {
        var event = books.ask(state -> Events.find(state, id));
        if (event == null) {
            throw new InvalidRequest(Refusal.notFound("event", id, "id"));
        }
        return EventJson.document(event, pendingWebhooks.applyAsInt(event), json);
    }

    private static <T> byte[] list(String url, Page<T> page, Function<T, JsonOut.Part> item) {
        return JsonOut.document(out -> out.field("object", "list")
                .list("data", data -> page.items().forEach(each -> data.value(item.apply(each))))
                .field("has_more", page.more())
                .field("url", url));
    }

    /** Search runs behind: it shows the objects as they were when the index last caught up. */
    private byte[] search(Call call) {
        var wanted = SearchQuery.parse(call.params().required("query"));
        int limit = ListParams.limit(call.params());
        int skipped = ListParams.skipped(call.params());
        var asOf = books.now().minus(Duration.ofMillis(faults.faults().searchLagMs()));
        List<PaymentIntent> found = books.ask(state -> state.search(wanted, asOf, skipped + limit + 1));
        boolean more = found.size() > skipped + limit;
        var page = found.subList(Math.min(skipped, found.size()), Math.min(skipped + limit, found.size()));
        return JsonOut.document(out -> out.field("object", "search_result")
                .list("data", data -> page.forEach(intent -> data.value(intent(call, intent, "data."))))
                .field("has_more", more)
                .field("next_page", more ? Integer.toString(skipped + limit) : null)
                .field("url", "/v1/payment_intents/search"));
    }

    /** Everything is available at once: the simulator knows neither fees nor payouts. */
    private byte[] balance() {
        var totals = books.ask(state -> state.totals());
        return JsonOut.document(out -> out.field("object", "balance")
                .list(
                        "available",
                        available -> totals.forEach((currency, total) ->
                                available.value(amount -> amount.field("amount", total.net())
                                        .field("currency", currency)
                                        .object("source_types", types -> types.field("card", total.net())))))
                .field("livemode", false)
                .list("pending", List.of()));
    }
}
