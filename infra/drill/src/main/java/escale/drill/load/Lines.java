package escale.drill.load;

import java.util.Locale;

/** A load as a person reads it in a terminal. */
public final class Lines {
    private Lines() {}

    public static String of(Second second) {
        return String.format(
                Locale.ROOT,
                "%4d s  sent %5d  accepted %5d  refused %4d  confirmed %5d  retrying %4d  dead %3d  lag %6d"
                        + "  | accept ms %6.1f %6.1f %7.1f  | confirm ms %6.1f %6.1f %7.1f",
                second.number(),
                second.sent(),
                second.accepted(),
                second.refused() + second.unanswered(),
                second.confirmed(),
                second.retrying(),
                second.dead(),
                second.lag(),
                second.accept().p50(),
                second.accept().p95(),
                second.accept().p99(),
                second.confirm().p50(),
                second.confirm().p95(),
                second.confirm().p99());
    }

    public static String of(Outcome outcome) {
        var lines = new StringBuilder();
        lines.append(String.format(
                Locale.ROOT,
                "sent %d, accepted %d, refused %d, without an answer %d, requests repeated %d%n",
                outcome.sent(),
                outcome.accepted(),
                outcome.refused(),
                outcome.unanswered(),
                outcome.repeated()));
        outcome.refusals()
                .forEach((code, count) -> lines.append(String.format(Locale.ROOT, "  %s: %d%n", code, count)));
        lines.append("endings ");
        outcome.endings().forEach((ending, count) -> {
            if (count > 0 || ending == Ending.CONFIRMED) {
                lines.append(ending).append(' ').append(count).append("  ");
            }
        });
        lines.append(String.format(
                Locale.ROOT,
                "unsettled %d  failed attempts %d  dead letters %d%n",
                outcome.unsettled(),
                outcome.failedAttempts(),
                outcome.deadLetters()));
        lines.append(String.format(
                Locale.ROOT,
                "accepted→CONFIRMED %.1f/s over the whole run (%.1f s), %d in the median second; accepted %.1f/s%n",
                outcome.confirmedPerSecond(),
                outcome.confirmedAfterSeconds(),
                outcome.medianSecondConfirmed(),
                outcome.acceptedPerSecond()));
        lines.append(quantiles("accept ", outcome.accept()));
        lines.append(quantiles("confirm", outcome.confirm()));
        lines.append(quantiles("late   ", outcome.late()));
        lines.append(String.format(
                Locale.ROOT, "the load generator itself used %.2f s of CPU%n", outcome.clientCpuSeconds()));
        if (outcome.unsettled() > 0) {
            lines.append("unsettled: ").append(outcome.unsettledIds()).append(System.lineSeparator());
        }
        return lines.toString();
    }

    private static String quantiles(String name, Quantiles ms) {
        return String.format(
                Locale.ROOT,
                "%s ms  p50 %.1f  p90 %.1f  p95 %.1f  p99 %.1f  p99.9 %.1f  max %.1f  (%d)%n",
                name,
                ms.p50(),
                ms.p90(),
                ms.p95(),
                ms.p99(),
                ms.p999(),
                ms.max(),
                ms.count());
    }
}
