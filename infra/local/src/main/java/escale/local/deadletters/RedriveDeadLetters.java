package escale.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import escale.local.supervision.CannotStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tries many dead letters again: shows what that is about, asks, starts it, and follows it to its end. */
public final class RedriveDeadLetters {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final PaymentDoor payment;
    private final Terminal terminal;
    private final Instant now;
    private final String key;

    /** @param key under which it is started, once, however often the request is sent */
    public RedriveDeadLetters(PaymentDoor payment, Terminal terminal, Instant now, String key) {
        this.payment = payment;
        this.terminal = terminal;
        this.now = now;
        this.key = key;
    }

    public int redrive(List<String> words) throws InterruptedException {
        var options = RedriveOptions.of(words, now);
        var preview = payment.post("/redrives/preview", null, options.wish());
        show(preview);
        if (options.previewOnly() || preview.path("letters").asInt() == 0) {
            return 0;
        }
        if (!options.yes() && !agreed()) {
            terminal.show().accept("Nothing was done.");
            return 1;
        }
        var started = payment.post("/redrives", key, options.wish());
        return follow(started.path("redriveId").asText());
    }

    public int list() {
        var found = payment.get("/redrives?limit=20").path("items");
        if (found.isEmpty()) {
            terminal.show().accept("No redrives.");
        }
        for (var each : found) {
            terminal.show()
                    .accept("%s  %s  %s, by %s"
                            .formatted(
                                    each.path("redriveId").asText(),
                                    line(each),
                                    each.path("wanted").asText(),
                                    each.path("operator").asText()));
        }
        return 0;
    }

    public int show(String id) throws InterruptedException {
        return follow(id);
    }

    public int cancel(String id) {
        if (id.isEmpty()) {
            throw new CannotStart("Which one? ./escale dlq redrives lists them.");
        }
        terminal.show().accept(line(payment.post("/redrives/" + id + "/cancel", null, null)));
        return 0;
    }

    private void show(JsonNode preview) {
        var show = terminal.show();
        show.accept("%d open dead letters: %d charges, %d refunds, %d records that could not be read"
                .formatted(
                        preview.path("letters").asInt(),
                        preview.path("charges").asInt(),
                        preview.path("refunds").asInt(),
                        preview.path("records").asInt()));
        for (var sum : preview.path("sums")) {
            show.accept("%,14.2f %s in %d of them"
                    .formatted(
                            sum.path("amount").asLong() / 100.0,
                            sum.path("currency").asText(),
                            sum.path("letters").asInt()));
        }
        for (var cause : preview.path("causes")) {
            show.accept("%14d because of %s"
                    .formatted(
                            cause.path("letters").asInt(), cause.path("cause").asText()));
        }
        var asked = preview.path("asked");
        if (preview.path("charges").asInt() > 0) {
            show.accept("The provider was asked about %s: %d paid there already, %d not, %d it cannot tell"
                    .formatted(
                            asked.path("all").asBoolean()
                                    ? "all of the charges"
                                    : asked.path("charges").asInt() + " of the charges, taken at random",
                            asked.path("paid").asInt(),
                            asked.path("unpaid").asInt(),
                            asked.path("unknown").asInt()));
        }
    }

    private boolean agreed() {
        terminal.show().accept("Try them again, 1, then 10, then 100 at a time? Type yes:");
        return "yes".equals(terminal.answer().get());
    }

    /** Until it ends. Whoever leaves before leaves it running. */
    private int follow(String id) throws InterruptedException {
        var leaving = new Thread(() -> terminal.show()
                .accept("\nIt goes on. ./escale dlq redrives " + id + " follows it again, ./escale dlq cancel " + id
                        + " stops it."));
        Runtime.getRuntime().addShutdownHook(leaving);
        try {
            var redrive = payment.get("/redrives/" + id);
            while (redrive.path("state").asText().equals("RUNNING")
                    || redrive.path("underWay").asInt() > 0) {
                terminal.update().accept(line(redrive));
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                redrive = payment.get("/redrives/" + id);
            }
            terminal.update().accept(line(redrive));
            terminal.show().accept("");
            redrive.path("failures")
                    .properties()
                    .forEach(each -> terminal.show()
                            .accept("%8d failed again because of %s"
                                    .formatted(each.getValue().asInt(), each.getKey())));
            return redrive.path("state").asText().equals("DONE") ? 0 : 1;
        } finally {
            Runtime.getRuntime().removeShutdownHook(leaving);
        }
    }

    private static String line(JsonNode redrive) {
        var why = redrive.path("why").asText();
        return String.format(
                Locale.ROOT,
                "%s%s  batch %d of %d  %d settled  %d failed  %d skipped  %d under way  %d left",
                redrive.path("state").asText(),
                why.isEmpty() ? "" : " (" + why + ")",
                redrive.path("batch").asInt(),
                redrive.path("batchSize").asInt(),
                redrive.path("settled").asInt(),
                redrive.path("failed").asInt(),
                redrive.path("skipped").asInt(),
                redrive.path("underWay").asInt(),
                redrive.path("left").asInt());
    }
}
