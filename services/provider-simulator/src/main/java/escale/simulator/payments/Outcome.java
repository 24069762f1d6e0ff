package escale.simulator.payments;

import org.jspecify.annotations.Nullable;

/** What became of a call that was begun. */
public sealed interface Outcome {

    /** The books change. The answer is the changed object, or a refusal where the change is a decline. */
    record Posted(Change change, @Nullable Refusal refusal) implements Outcome {
        public Posted(Change change) {
            this(change, null);
        }
    }

    /** The books stay as they are; the intent that stood in the way is shown with the refusal. */
    record Refused(Refusal refusal, @Nullable PaymentIntent intent) implements Outcome {}
}
