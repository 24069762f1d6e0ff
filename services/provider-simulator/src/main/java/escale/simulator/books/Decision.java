package escale.simulator.books;

import escale.simulator.payments.Outcome;

/** Decides a call on the state of the books; an unknown object in it is an {@code InvalidRequest}. */
@FunctionalInterface
public interface Decision {

    /** {@code now} is in seconds since 1970. */
    Outcome decide(State state, long now);
}
