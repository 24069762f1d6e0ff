package escale.payment.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import escale.http.RequestHash;
import escale.payment.cases.Filter;
import escale.payment.redrive.PreviewRedrive.Asked;
import escale.payment.redrive.PreviewRedrive.Cause;
import escale.payment.redrive.PreviewRedrive.Preview;
import escale.payment.redrive.PreviewRedrive.Sum;
import escale.payment.redrive.Redrive;
import escale.payment.redrive.StartRedrive.Order;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A redrive as the API takes and shows it. */
@Serdeable
record RedriveJson(
        UUID redriveId,
        Redrive.State state,
        @Nullable String why,
        String operator,
        String note,
        String wanted,
        int rate,
        int stopAtPercent,
        int letters,
        int batch,
        int batchSize,
        int underWay,
        int settled,
        int failed,
        int skipped,
        int left,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Integer> outcomes,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Integer> failures,
        @Nullable String instance,
        Instant startedAt,
        @Nullable Instant endedAt) {

    static RedriveJson of(Redrive redrive) {
        return new RedriveJson(
                redrive.id(),
                redrive.state(),
                redrive.why(),
                redrive.operator(),
                redrive.note(),
                redrive.wanted(),
                redrive.rate(),
                redrive.stopAt(),
                redrive.letters(),
                redrive.batch(),
                redrive.batchSize(),
                redrive.unheard(),
                redrive.settled(),
                redrive.failed(),
                redrive.skipped(),
                redrive.left(),
                redrive.outcomes().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue)),
                redrive.causes(),
                redrive.steppedBy(),
                redrive.startedAt(),
                redrive.endedAt());
    }

    /** What a redrive is to be about, and how careful it is to be. */
    @Serdeable
    record Request(
            @Nullable String cause,
            @Nullable UUID bookingId,
            @Nullable String owner,
            @Nullable String text,
            @Nullable Instant openedAfter,
            @Nullable Instant openedBefore,
            @Nullable Integer rate,
            @Nullable Integer stopAtPercent,
            @Nullable String note) {
        static final Request ALL = new Request(null, null, null, null, null, null, null, null, null);
        private static final int RATE = 50;
        private static final int STOP_AT = 50;

        Request {
            words("cause", cause, 64);
            words("owner", owner, 64);
            words("text", text, 200);
            words("note", note, 1_000);
            between("rate", rate, 1, 1_000);
            between("stopAtPercent", stopAtPercent, 0, 100);
        }

        Filter filter() {
            return new Filter(null, cause, bookingId, owner, text, openedAfter, openedBefore);
        }

        Order order() {
            return new Order(
                    filter(),
                    inWords(),
                    Objects.requireNonNullElse(rate, RATE),
                    Objects.requireNonNullElse(stopAtPercent, STOP_AT),
                    Objects.requireNonNullElse(note, ""));
        }

        byte[] hash() {
            return RequestHash.of(cause, bookingId, owner, text, openedAfter, openedBefore, rate, stopAtPercent, note);
        }

        private String inWords() {
            var words = new LinkedHashMap<String, @Nullable Object>();
            words.put("cause", cause);
            words.put("booking", bookingId);
            words.put("owner", owner);
            words.put("text", text);
            words.put("opened after", openedAfter);
            words.put("opened before", openedBefore);
            var said = words.entrySet().stream()
                    .filter(each -> each.getValue() != null)
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
            return said.isEmpty() ? "all open" : said;
        }

        private static void words(String field, @Nullable String text, int longest) {
            if (text != null && (text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException(field + ": must be 1 to " + longest + " characters");
            }
        }

        private static void between(String field, @Nullable Integer number, int least, int most) {
            if (number != null && (number < least || number > most)) {
                throw new IllegalArgumentException(field + ": must be " + least + " to " + most);
            }
        }
    }

    /** What it would be about. */
    @Serdeable
    record PreviewJson(
            int letters,
            int charges,
            int refunds,
            int records,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Sum> sums,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Cause> causes,
            Asked asked) {

        static PreviewJson of(Preview preview) {
            return new PreviewJson(
                    preview.letters(),
                    preview.charges(),
                    preview.refunds(),
                    preview.records(),
                    preview.sums(),
                    preview.causes(),
                    preview.asked());
        }
    }
}
