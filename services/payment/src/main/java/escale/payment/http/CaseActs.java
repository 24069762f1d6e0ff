package escale.payment.http;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person says when they act on a case. */
final class CaseActs {
    private static final int LONGEST = 1_000;

    private CaseActs() {}

    @Serdeable
    record Replay(@Nullable String note, @Nullable String paymentMethod) {
        static final Replay AS_IT_WAS = new Replay(null, null);

        Replay {
            if (note != null) {
                words("note", note);
            }
            if (paymentMethod != null && !paymentMethod.matches("pm_\\w{1,100}")) {
                throw new IllegalArgumentException("paymentMethod: must be a token of the provider, pm_…");
            }
        }

        /** For the history: another card is part of what was done. */
        String inWords() {
            return Stream.of(paymentMethod == null ? null : "with " + paymentMethod, note)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(": "));
        }
    }

    @Serdeable
    record Evidence(String evidence) {
        Evidence {
            words("evidence", evidence);
        }
    }

    @Serdeable
    record Reason(String reason) {
        Reason {
            words("reason", reason);
        }
    }

    @Serdeable
    record Note(String note) {
        Note {
            words("note", note);
        }
    }

    @Serdeable
    record Assign(@Nullable String owner) {
        Assign {
            if (owner != null && (owner.isBlank() || owner.length() > 64)) {
                throw new IllegalArgumentException("owner: must be 1 to 64 characters");
            }
        }
    }

    private static void words(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + ": must be 1 to " + LONGEST + " characters");
        }
    }
}
