package escale.drill.load;

/**
 * What happened in one second, and how things stood at its end.
 *
 * @param dead charges that ended as dead letters in this second
 * @param retrying bookings whose payment waits for its next attempt now
 * @param lag bookings accepted and not settled now
 */
public record Second(
        int number,
        long sent,
        long accepted,
        long refused,
        long unanswered,
        long confirmed,
        long otherwise,
        long dead,
        int retrying,
        int lag,
        Quantiles accept,
        Quantiles confirm) {}
