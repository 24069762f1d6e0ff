package escale.simulator.books;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which key was used for what, for 24 hours, and whether its call still runs. Used under the lock of the books. */
final class IdempotencyKeys {

    static final Duration LIFETIME = Duration.ofHours(24);

    private final Map<String, Use> uses = new LinkedHashMap<>();

    /** The first call with a key, and the line of its answer once there is one. */
    private static final class Use {
        private final String endpoint;
        private final String fingerprint;
        private final Instant since;
        private boolean running;
        private @Nullable Line line;

        private Use(String endpoint, String fingerprint, Instant since) {
            this.endpoint = endpoint;
            this.fingerprint = fingerprint;
            this.since = since;
        }
    }

    Claim claim(Attempt attempt, Instant now) {
        var key = attempt.key();
        if (key == null) {
            return new Claim.Granted();
        }
        forgetExpired(now);
        var use = uses.get(key);
        if (use == null) {
            use = new Use(attempt.endpoint(), attempt.fingerprint(), now);
            use.running = true;
            uses.put(key, use);
            return new Claim.Granted();
        }
        if (!use.endpoint.equals(attempt.endpoint())) {
            return new Claim.Reused(
                    "Keys for idempotent requests can only be used for the same endpoint they were first used for ('"
                            + use.endpoint + "' vs '" + attempt.endpoint()
                            + "'). Try using a key other than '"
                            + key + "' if you meant to execute a different request.");
        }
        if (!use.fingerprint.equals(attempt.fingerprint())) {
            return new Claim.Reused(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                            + " Try using a key other than '" + key + "' if you meant to execute a different request.");
        }
        return use.running || use.line == null ? new Claim.InUse(key) : new Claim.Replay(use.line);
    }

    void answered(Attempt attempt, Line line) {
        var use = uses.get(attempt.key());
        if (use != null) {
            use.line = line;
        }
    }

    /** The call is over; a key that was not answered from the books is free again. */
    void release(Attempt attempt) {
        var use = uses.get(attempt.key());
        if (use != null) {
            use.running = false;
            if (use.line == null) {
                uses.remove(attempt.key());
            }
        }
    }

    /** A line of an earlier run. */
    void remember(Line line, Instant now) {
        var key = line.idempotencyKey();
        if (key != null && line.time().plus(LIFETIME).isAfter(now)) {
            var answer = line.answer();
            var use = new Use(answer.endpoint(), answer.fingerprint(), line.time());
            use.line = line;
            uses.put(key, use);
        }
    }

    /** Keys stand in the order of their first use, so the expired ones are in front. */
    private void forgetExpired(Instant now) {
        var oldest = uses.values().iterator();
        while (oldest.hasNext()) {
            var use = oldest.next();
            if (use.since.plus(LIFETIME).isAfter(now)) {
                return;
            }
            if (!use.running) {
                oldest.remove();
            }
        }
    }

    void clear() {
        uses.clear();
    }
}
