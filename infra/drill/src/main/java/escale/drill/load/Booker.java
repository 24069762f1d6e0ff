package escale.drill.load;

import escale.drill.wire.Connection;
import escale.drill.wire.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Sits at one connection and makes the bookings whose turn it is, each until it is answered. */
final class Booker implements Runnable {
    private static final String PATH = "/v1/bookings";
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final Plan plan;
    private final Pace pace;
    private final Wishes wishes;
    private final Connection connection;
    private final Credentials credentials;
    private final Figures figures;
    private final Followed followed;
    private final ClientLog log;
    private final Kept kept;
    private final SecondThoughts thoughts;

    /** The line that says who asks, made once per user, because signing costs more than all the rest of a request. */
    static final class Credentials {
        private final Tokens tokens;
        private final Map<String, String> lines = new ConcurrentHashMap<>();

        Credentials(Tokens tokens) {
            this.tokens = tokens;
        }

        String of(String user) {
            return lines.computeIfAbsent(
                    user, each -> "Authorization: Bearer " + tokens.token(each, List.of("traveller")) + "\r\n");
        }
    }

    Booker(
            Plan plan,
            Pace pace,
            Wishes wishes,
            Connection connection,
            Credentials credentials,
            Figures figures,
            Followed followed,
            ClientLog log,
            Kept kept,
            SecondThoughts thoughts) {
        this.plan = plan;
        this.pace = pace;
        this.wishes = wishes;
        this.connection = connection;
        this.credentials = credentials;
        this.figures = figures;
        this.followed = followed;
        this.log = log;
        this.kept = kept;
        this.thoughts = thoughts;
    }

    @Override
    public void run() {
        try (connection) {
            for (var turn = pace.next(); turn != null; turn = pace.next()) {
                book(turn);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void book(Pace.Turn turn) throws InterruptedException {
        figures.sent();
        figures.late.add(System.nanoTime() - turn.due());
        var wish = wishes.at(turn.index());
        var request = request(wish);
        var giveUp = turn.due() + plan.retryFor().toNanos();
        var pause = FIRST_PAUSE_MILLIS;
        var post = post(wish, request, turn);
        while (post.worthRepeating() && System.nanoTime() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            figures.repeated();
            post = post(wish, request, turn);
        }
        conclude(turn, post);
    }

    private void conclude(Pace.Turn turn, Post post) {
        var now = System.nanoTime();
        figures.answered(post, now - turn.due());
        if (!post.accepted()) {
            pace.ended();
            return;
        }
        kept.keep(turn.index(), post);
        var answer = Objects.requireNonNull(post.answer(), "accepted is answered");
        var booking = Objects.requireNonNull(answer.located(), "accepted is located");
        if (plan.untilAccepted()) {
            pace.ended();
        }
        if ("RESERVED_PENDING_PAYMENT".equals(answer.field("status"))) {
            followed.reserved(booking, turn.due(), now);
        } else {
            followed.accepted(booking, turn.due());
        }
        thoughts.about(turn.index(), post.wish(), booking);
    }

    private byte[] request(Wish wish) {
        var headers = "Idempotency-Key: " + wish.key() + "\r\n" + credentials.of(wish.user());
        return connection.request("POST", PATH, headers, wish.body());
    }

    private Post post(Wish wish, byte[] request, Pace.Turn turn) {
        Post post;
        try {
            post = new Post(wish, connection.exchange(request), "");
        } catch (IOException e) {
            post = new Post(wish, null, "no answer: " + e.getClass().getSimpleName());
        }
        log.add(post, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - turn.due()));
        return post;
    }

    /** Sends a wish once more, for the record only. */
    Post again(Wish wish) {
        return post(wish, request(wish), new Pace.Turn(0, System.nanoTime()));
    }
}
