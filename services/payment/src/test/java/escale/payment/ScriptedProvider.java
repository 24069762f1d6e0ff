package escale.payment;

import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A provider that answers what a test tells it to, keeps what it charged under each key, and remembers every call. */
@Singleton
@Primary
@Requires(property = "test.provider", value = "scripted")
final class ScriptedProvider implements PaymentProvider {
    /** A call, as it arrived. */
    record Call(String kind, UUID paymentId, String key, long nanos) {}

    private final Map<String, String> charged = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<UUID, Function<Payment, Charge>> scripts = new ConcurrentHashMap<>();
    private final Map<UUID, Supplier<Charge>> told = new ConcurrentHashMap<>();
    private final Map<String, Long> givenBack = new ConcurrentHashMap<>();
    private volatile boolean alive;
    private volatile Function<Payment, Charge> script = this::pay;
    private volatile Function<Refund, Refunding> refunding = this::giveBack;

    /** What happens to every payment that has no script of its own. */
    void always(Function<Payment, Charge> answer) {
        script = answer;
    }

    void answer(UUID paymentId, Function<Payment, Charge> answer) {
        scripts.put(paymentId, answer);
    }

    /** Money moves, once per key. */
    Charge pay(Payment payment) {
        return new Charge.Paid(charged.computeIfAbsent(payment.idempotencyKey(), key -> "pi_" + key.hashCode()));
    }

    /** Money moves, and nobody hears of it. */
    Charge payWithoutAnswer(Payment payment) {
        pay(payment);
        return new Charge.Unknown("provider-timeout", Doubt.SAME_KEY);
    }

    @Override
    public Charge charge(Payment payment) {
        remember("charge", payment);
        return scripts.getOrDefault(payment.order().paymentId(), script).apply(payment);
    }

    @Override
    public boolean remembersKeyOf(Payment payment) {
        return true;
    }

    @Override
    public Charge ask(Payment payment) {
        remember("ask", payment);
        return lookUp(payment);
    }

    @Override
    public Charge giveUp(Payment payment) {
        remember("give-up", payment);
        return lookUp(payment);
    }

    @Override
    public Refunding refund(Refund refund) {
        calls.add(new Call("refund", refund.payment().order().paymentId(), refund.idempotencyKey(), System.nanoTime()));
        return refunding.apply(refund);
    }

    @Override
    public Refunding lookUp(Refund refund) {
        return refunding.apply(refund);
    }

    void refunds(Function<Refund, Refunding> answer) {
        refunding = answer;
    }

    /** Money moves back, once per key. */
    Refunding giveBack(Refund refund) {
        givenBack.putIfAbsent(refund.idempotencyKey(), refund.amount());
        return new Refunding.Refunded("re_" + refund.idempotencyKey().hashCode());
    }

    long givenBack(UUID paymentId) {
        return calls("refund", paymentId).stream()
                .map(Call::key)
                .distinct()
                .mapToLong(key -> givenBack.getOrDefault(key, 0L))
                .sum();
    }

    @Override
    public boolean answers() {
        return alive;
    }

    /** Whether it answers at all, as far as it is asked no more than that. */
    void alive(boolean answers) {
        alive = answers;
    }

    /** What asking about a payment tells, whatever was charged. */
    void asks(UUID paymentId, Charge answer) {
        asks(paymentId, () -> answer);
    }

    void asks(UUID paymentId, Supplier<Charge> answer) {
        told.put(paymentId, answer);
    }

    /** As if it had never been charged. */
    void forget(UUID paymentId) {
        charged.keySet().removeIf(key -> key.startsWith(paymentId + ":"));
    }

    private Charge lookUp(Payment payment) {
        var answer = told.get(payment.order().paymentId());
        if (answer != null) {
            return answer.get();
        }
        var prefix = payment.order().paymentId() + ":";
        return charged.entrySet().stream()
                .filter(charge -> charge.getKey().startsWith(prefix))
                .map(charge -> (Charge) new Charge.Paid(charge.getValue()))
                .findFirst()
                .orElse(new Charge.Unpaid("not-at-provider"));
    }

    private void remember(String kind, Payment payment) {
        calls.add(new Call(kind, payment.order().paymentId(), payment.idempotencyKey(), System.nanoTime()));
    }

    List<Call> calls(String kind, UUID paymentId) {
        return calls.stream()
                .filter(call -> call.kind.equals(kind) && call.paymentId.equals(paymentId))
                .toList();
    }

    long charges(UUID paymentId) {
        return charged.keySet().stream()
                .filter(key -> key.startsWith(paymentId + ":"))
                .count();
    }
}
