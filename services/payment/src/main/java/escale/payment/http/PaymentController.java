package escale.payment.http;

import escale.http.ETag;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Allow;
import escale.http.identity.Role;
import escale.payment.sql.PaymentViews;
import escale.payment.sql.PaymentViews.PaymentView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;

/** The ledger, for operators and other services. */
@Controller("/v1/payments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow({Role.OPS_READ, Role.SERVICE})
final class PaymentController {
    private final PaymentViews payments;

    @Serdeable
    record PaymentsJson(List<PaymentView> items) {}

    PaymentController(PaymentViews payments) {
        this.payments = payments;
    }

    @Get
    PaymentsJson ofBooking(@QueryValue UUID booking) {
        return new PaymentsJson(payments.ofBooking(booking));
    }

    @Get("/{id}")
    HttpResponse<PaymentView> one(UUID id, HttpRequest<?> request) {
        var payment = payments.find(id)
                .orElseThrow(
                        () -> new ProblemException(Problem.notFound("unknown-payment", "There is no such payment")));
        return ETag.answer(request, payment.version(), () -> payment);
    }
}
