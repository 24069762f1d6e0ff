package escale.simulator.payments;

/** Input that dies at the door: nothing was begun, so nothing is kept under the idempotency key. */
public final class InvalidRequest extends RuntimeException {

    private final transient Refusal refusal;

    public InvalidRequest(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
