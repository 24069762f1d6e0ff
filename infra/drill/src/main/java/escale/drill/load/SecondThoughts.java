package escale.drill.load;

import escale.drill.wire.Addresses;
import escale.drill.wire.Answer;
import escale.drill.wire.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Travellers who cancel, or come with one more or one less, and insist until they have an answer. */
final class SecondThoughts {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 300;
    private static final int DONE = 200;
    private static final int NOT_NOW = 409;
    private static final int STALE = 412;
    private static final int TOO_MANY = 429;
    private static final int AWAY = 503;

    private final LongFunction<Thought> minds;
    private final Addresses where;
    private final Booker.Credentials credentials;
    private final ClientLog log;
    private final Queue<Thread> travellers = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private volatile boolean over;

    SecondThoughts(LongFunction<Thought> minds, Addresses where, Booker.Credentials credentials, ClientLog log) {
        this.minds = minds;
        this.where = where;
        this.credentials = credentials;
        this.log = log;
    }

    /** Of a booking that was just accepted. */
    void about(long index, Wish wish, UUID booking) {
        var thought = minds.apply(index);
        var act = switch (thought.kind()) {
            case KEEP -> null;
            case CANCEL -> new Act(wish, booking, "cancel", 0);
            case ONE_MORE -> new Act(wish, booking, "change", wish.people() + 1);
            case ONE_LESS -> new Act(wish, booking, "change", wish.people() - 1);
        };
        if (act != null) {
            travellers.add(Thread.ofVirtual().name("second thought").start(() -> carryOut(act, thought.after())));
        }
    }

    /**
     * What is wanted now.
     *
     * @param people of a change
     */
    record Act(Wish wish, UUID booking, String what, int people) {}

    private void carryOut(Act act, Duration after) {
        try (var connection = new Connection(where.booking().getFirst(), ANSWER_WITHIN)) {
            TimeUnit.MILLISECONDS.sleep(after.toMillis());
            var answer = ask(act, connection);
            while (!over && isWorthRepeating(answer)) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                answer = ask(act, connection);
            }
            answers.computeIfAbsent(act.what() + " " + Post.code(answer, "no answer"), _ -> new LongAdder())
                    .increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody knows whether it had its effect; or it was changed meanwhile; or it is not paid yet. */
    private static boolean isWorthRepeating(@Nullable Answer answer) {
        return answer == null
                || isBusy(answer)
                || answer.status() == STALE
                || (answer.status() == NOT_NOW && "not-confirmed".equals(answer.field("code")));
    }

    private static boolean isBusy(Answer answer) {
        return answer.status() == AWAY || answer.status() == TOO_MANY;
    }

    /** As one who has just looked at it. */
    private @Nullable Answer ask(Act act, Connection connection) {
        var path = "/v1/bookings/" + act.booking();
        var who = credentials.of(act.wish().user());
        try {
            var seen = connection.exchange(connection.request("GET", path, who, ""));
            if (seen.status() != DONE) {
                return isBusy(seen) ? seen : null;
            }
            var headers = "If-Match: " + seen.headers().getOrDefault("etag", "") + "\r\n" + who;
            var request = act.what().equals("cancel")
                    ? connection.request("POST", path + "/cancel", headers, "")
                    : connection.request(
                            "POST",
                            path + "/change",
                            "Idempotency-Key: " + act.wish().key() + "-change\r\n" + headers,
                            "{\"people\":%d,\"paymentMethod\":\"%s\"}"
                                    .formatted(act.people(), act.wish().method()));
            var answer = connection.exchange(request);
            log.add(act, answer);
            return answer;
        } catch (IOException e) {
            log.add(act, null);
            return null;
        }
    }

    /** What is not answered by now is given up. */
    void end() throws InterruptedException {
        over = true;
        for (var traveller : travellers) {
            traveller.join();
        }
    }

    /** How often each was answered in the end. */
    Map<String, Long> answers() {
        var sums = new TreeMap<String, Long>();
        answers.forEach((answer, sum) -> sums.put(answer, sum.sum()));
        return sums;
    }
}
