package escale.drill.drills;

import escale.drill.wire.Heard;
import escale.drill.wire.Tail;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Follows one booking over all topics and says what it hears about it. */
final class Following implements AutoCloseable {
    /** Something heard, and when, in seconds since the drill began. */
    record Moment(double second, Heard heard) {
        boolean is(String type) {
            return heard.type().equals(type);
        }
    }

    private final Stage stage;
    private final Tail tail;
    private final List<Moment> all = new CopyOnWriteArrayList<>();
    private volatile String booking = "";

    Following(Stage stage) {
        this.stage = stage;
        this.tail = stage.listen(this::hear);
    }

    /** From now on; what was heard before is said first. */
    void follow(UUID id) {
        synchronized (all) {
            booking = id.toString();
            all.removeIf(each -> !each.heard().key().equals(booking));
            all.forEach(each -> stage.say(line(each.heard())));
        }
    }

    private void hear(Heard heard) {
        synchronized (all) {
            if (booking.isEmpty() || heard.key().equals(booking) || heard.key().equals("outage")) {
                all.add(new Moment(stage.seconds(), heard));
                if (!booking.isEmpty()) {
                    stage.say(line(heard));
                }
            }
        }
    }

    private static String line(Heard heard) {
        var json = heard.json();
        var line = new StringBuilder(heard.topic().equals("payments.dlt") ? "DEAD LETTER " : "").append(heard.type());
        for (var field : List.of("status", "attempt", "cause", "reason", "nextAttemptAt", "worker", "proof")) {
            if (json.hasNonNull(field)) {
                line.append("  ")
                        .append(field)
                        .append(' ')
                        .append(json.path(field).asText());
            }
        }
        return line.toString();
    }

    /** Waits for something; whether it came. */
    boolean await(Predicate<Moment> what, int seconds) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (all.stream().noneMatch(what)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    boolean await(String type, int seconds) throws InterruptedException {
        return await(each -> each.is(type), seconds);
    }

    List<Moment> of(String type) {
        return all.stream().filter(each -> each.is(type)).toList();
    }

    @Override
    public void close() {
        tail.close();
    }
}
