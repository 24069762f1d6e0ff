package escale.messaging;

/** Asked before a record starts. While it is shut records wait in their partition and count no attempt. */
public interface Gate {
    Gate OPEN = new Gate() {
        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void leaveUnused() {}
    };

    /** True hands one permission to the record that starts next; its handler answers for it. */
    boolean enter();

    /** Gives back a permission whose record never ran. */
    void leaveUnused();
}
