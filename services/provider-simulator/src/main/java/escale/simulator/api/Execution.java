package escale.simulator.api;

import escale.simulator.books.Books;
import escale.simulator.books.Claim;
import escale.simulator.books.Decision;
import escale.simulator.books.Line;
import escale.simulator.faults.FaultKind;
import escale.simulator.http.Response;
import escale.simulator.payments.Decline;
import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Outcome;
import escale.simulator.payments.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries one call out, or not, as its fate wants it; holds its idempotency key until it is closed. */
final class Execution implements AutoCloseable {

    private static final Refusal BROKEN =
            Refusal.apiError(500, "An unknown error occurred (a fault switched on in the simulator).");
    private static final Refusal UNAVAILABLE =
            Refusal.apiError(503, "The service is unavailable (a fault switched on in the simulator).");
    private static final Response BAD_GATEWAY = Response.html(
            502, "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>502 Bad Gateway</body>\n</html>\n");
    private static final Response NONE = new Response(0, Map.of(), new byte[0]);

    private final Books books;
    private final ReadCalls reads;
    private final Replies replies;
    private final Call call;
    private boolean holding;
    private boolean replayed;
    private @Nullable Line line;

    Execution(Books books, ReadCalls reads, Replies replies, Call call) {
        this.books = books;
        this.reads = reads;
        this.replies = replies;
        this.call = call;
    }

    /** The answer, whether or not its client will ever see it. */
    Response respond(@Nullable FaultKind fault, int retryAfterSeconds) {
        try {
            return switch (fault) {
                case null -> carryOut(null, null);
                case DRIP, TRUNCATED, RESET_AFTER, HANG_AFTER -> carryOut(null, null);
                case DECLINE -> carryOut(Decline.GENERIC, null);
                case ERROR_500_AFTER -> carryOut(null, BROKEN);
                case ERROR_500_STORED -> change((_, _) -> new Outcome.Refused(BROKEN, null), null);
                case ERROR_500_BEFORE -> replies.of(BROKEN, call);
                case ERROR_502_HTML -> BAD_GATEWAY;
                case ERROR_503 -> replies.of(UNAVAILABLE, call);
                case ERROR_429 ->
                    replies.of(Refusal.rateLimited(), call).with("Retry-After", Integer.toString(retryAfterSeconds));
                case RESET_BEFORE -> NONE;
                case HANG -> {
                    holding = books.claim(call.attempt()) instanceof Claim.Granted;
                    yield NONE;
                }
            };
        } catch (InvalidRequest e) {
            return replies.of(e.refusal(), call);
        }
    }

    private Response carryOut(@Nullable Decline forced, @Nullable Refusal instead) {
        if (call.route().writes()) {
            return change(WriteCalls.decision(call.route(), call.params(), forced), instead);
        }
        var body = reads.answer(call);
        return instead == null ? replies.of(body, call) : replies.of(instead, call);
    }

    private Response change(Decision decision, @Nullable Refusal instead) {
        return switch (books.claim(call.attempt())) {
            case Claim.Granted() -> {
                holding = true;
                line = books.post(call.attempt(), decision, instead);
                yield replies.of(line, call, false);
            }
            case Claim.Replay(var kept) -> {
                line = kept;
                replayed = true;
                yield replies.of(kept, call, true);
            }
            case Claim.InUse(var key) -> replies.of(Refusal.keyInUse(key), call);
            case Claim.Reused(var message) -> replies.of(Refusal.keyReused(message), call);
        };
    }

    /** The line that holds the answer; null when none was written or found. */
    @Nullable
    Line line() {
        return line;
    }

    boolean replayed() {
        return replayed;
    }

    /** The key may be used again: for the same answer, or for the first one if there was none. */
    @Override
    public void close() {
        if (holding) {
            holding = false;
            books.release(call.attempt());
        }
    }
}
