package escale.messaging;

/** One record on its way through the dispatcher. All of it belongs to the poll thread, except while its handler runs. */
final class Slot {
    final Received received;
    final Lot lot;
    /** Records with the same one run one after the other. */
    final String chain;
    /** When it may start, on this machine's monotonic clock. */
    long dueNanos;
    /** How often its handler has failed. */
    int failures;
    /** It is the one of its chain that runs, or is to be offered again. */
    boolean holdsChain;

    boolean done;

    Slot(Received received, Lot lot, long dueNanos) {
        this.received = received;
        this.lot = lot;
        this.chain = chain(received);
        this.dueNanos = dueNanos;
    }

    /** Without a key there is no order to keep, and one chain for all of them would be a queue. */
    private static String chain(Received received) {
        var key = received.key();
        return key == null ? received.toString() : key;
    }
}
