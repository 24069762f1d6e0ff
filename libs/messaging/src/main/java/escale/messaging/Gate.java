package escale.messaging;

/**
 * Asked on the poll thread right before a record starts. While it is shut records wait in their partition and count no
 * attempt.
 */
@FunctionalInterface
public interface Gate {
    Gate OPEN = () -> true;

    /** True hands one permission to the record that starts now: its handler uses it or gives it back. Never blocks. */
    boolean enter();
}
