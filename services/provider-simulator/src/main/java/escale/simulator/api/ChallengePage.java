package escale.simulator.api;

import escale.simulator.books.Attempt;
import escale.simulator.books.Books;
import escale.simulator.books.Ids;
import escale.simulator.books.Line;
import escale.simulator.http.Exchange;
import escale.simulator.http.Request;
import escale.simulator.http.Response;
import escale.simulator.payments.AnswerChallenge;
import escale.simulator.payments.Fact;
import escale.simulator.payments.PaymentIntent;
import java.io.IOException;
import java.util.regex.Pattern;

/** The page of the traveller's bank (3-D Secure): one button approves the payment, one refuses it. */
final class ChallengePage {

    private static final Pattern PATH = Pattern.compile("/3ds/(?<intent>[A-Za-z0-9_]+)(?:/(?<answer>approve|refuse))?");
    private final Books books;

    ChallengePage(Books books) {
        this.books = books;
    }

    static boolean isFor(Request request) {
        return request.path().startsWith("/3ds/");
    }

    void handle(Request request, Exchange exchange) throws IOException {
        var path = PATH.matcher(request.path());
        var intent = path.matches() ? books.ask(state -> state.findIntent(path.group("intent"))) : null;
        if (intent == null) {
            exchange.answer(page(404, "Unknown payment", "<p>There is no such payment.</p>"));
        } else if (path.group("answer") == null || !request.method().equals("POST")) {
            exchange.answer(question(intent)); // also for whatever follows links without being asked to
        } else {
            exchange.answer(settle(intent, path.group("answer").equals("approve")));
        }
    }

    private static Response question(PaymentIntent intent) {
        var order = intent.order();
        return page(200, "Approve this payment?", """
                <p>%d %s (minor units)</p>
                <form method="post" action="/3ds/%s/approve"><button>Approve</button></form>
                <form method="post" action="/3ds/%s/refuse"><button>Refuse</button></form>
                """.formatted(
                        order.amount(), order.currency(), intent.id(), intent.id()));
    }

    private Response settle(PaymentIntent intent, boolean approved) {
        var charge = Ids.charge();
        Line line = books.post(
                Attempt.ofBank(Ids.request()),
                (state, now) -> AnswerChallenge.answer(state.intent(intent.id()), approved, charge, now),
                null);
        books.settle(books.position());
        if (line.answer().refusal() != null) {
            return page(
                    409, "Nothing to approve", "<p>" + line.answer().refusal().message() + "</p>");
        }
        boolean paid = line.type() == Fact.CHARGE_SUCCEEDED;
        var returnUrl = intent.order().returnUrl();
        return returnUrl == null
                ? page(200, paid ? "Approved" : "Refused", "<p>You can close this page.</p>")
                : Response.seeOther(back(returnUrl, intent, paid));
    }

    private static String back(String returnUrl, PaymentIntent intent, boolean paid) {
        int fragment = returnUrl.indexOf('#');
        var page = fragment < 0 ? returnUrl : returnUrl.substring(0, fragment);
        return page
                + (page.contains("?") ? '&' : '?')
                + "payment_intent=" + intent.id()
                + "&payment_intent_client_secret=" + intent.clientSecret()
                + "&redirect_status=" + (paid ? "succeeded" : "failed")
                + (fragment < 0 ? "" : returnUrl.substring(fragment));
    }

    private static Response page(int status, String title, String body) {
        return Response.html(status, """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body style="font-family: sans-serif; max-width: 32rem; margin: 4rem auto">
                <h1>%1$s</h1>
                %2$s
                <p><small>Provider simulator: no money moves.</small></p>
                </body>
                </html>
                """.formatted(title, body));
    }
}
