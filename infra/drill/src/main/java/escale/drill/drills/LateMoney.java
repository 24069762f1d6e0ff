package escale.drill.drills;

import com.fasterxml.jackson.databind.JsonNode;
import escale.drill.wire.Heard;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Six seats. Two bookings fail all their attempts, a third waits for its bank and is approved while booking is away. A day
 * passes: all three expire, and then the money comes.
 */
final class LateMoney implements Drill {
    private static final String FAILING = "pm_card_amex"; // nobody else's, so that the fault strikes nobody else
    private static final String AT_THE_BANK = "pm_card_threeDSecureRequired";
    private static final int SEATS = 6;

    @Override
    public String shows() {
        return "a day is over, by the moved clock, before the money comes: with seats free its traveller is seated again, with"
                + " none it goes back; never silently";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var departure = stage.departure(SEATS);
        var told = new Told();
        var undone = new Undone(stage);
        try (var _ = stage.listen(told::hear);
                undone) {
            stage.provider()
                    .put("{\"rules\":[{\"match\":{\"paymentMethod\":\"" + FAILING
                            + "\"},\"kind\":\"error500Before\"}]}");
            var early = book(stage, "early", departure, 2, FAILING);
            var late = book(stage, "late", departure, 2, FAILING);
            var atTheBank = book(stage, "bank", departure, 2, AT_THE_BANK);
            expect(stage, told, early, "booking.payment-failed", 90, "the first fails six times and is a case");
            expect(stage, told, late, "booking.payment-failed", 90, "so does the second");
            expect(stage, told, atTheBank, "booking.action-required", 30, "the bank asks the third");
            stage.provider().heal();
            letADayPass(stage, told, undone, atTheBank);
            expect(stage, told, early, "booking.expired", 30, "the first is expired");
            expect(stage, told, late, "booking.expired", 30, "the second is expired");
            endAtTheBank(stage, told, atTheBank);

            replay(stage, early);
            expect(
                    stage,
                    told,
                    early,
                    "booking.confirmed",
                    60,
                    "its money comes late, there are seats, it is seated again");
            fill(stage, told, departure, SEATS - 2 - (told.has(atTheBank, "booking.confirmed") ? 2 : 0));
            replay(stage, late);
            expect(
                    stage,
                    told,
                    late,
                    "booking.refund-pending",
                    60,
                    "the other's money comes late, and no seat is left");
            expect(stage, told, late, "booking.refunded", 60, "it goes back");
            expectStory(stage, "early", early, "booking.expired", "booking.confirmed");
            expectStory(stage, "late", late, "booking.expired", "booking.refund-pending", "booking.refunded");
        }
    }

    private static UUID book(Stage stage, String who, UUID departure, int people, String method) {
        var answer = stage.doors().book("traveller-" + who, stage.run() + "-" + who, departure, people, method);
        var booking = answer.located();
        if (booking == null) {
            throw new IllegalStateException("The drill's booking was not accepted: " + answer.text());
        }
        stage.say("%s books %d seats: %s".formatted(who, people, booking));
        return booking;
    }

    /** The third is paid in the meantime, and booking hears of it when its time is over. */
    private static void letADayPass(Stage stage, Told told, Undone undone, UUID atTheBank) throws InterruptedException {
        undone.bookingStops();
        var link = told.of(atTheBank, "booking.action-required").path("link").asText();
        stage.expect(
                stage.provider().approve(URI.create(link)), "while booking is away, the third is approved at the bank");
        expect(stage, told, atTheBank, "payment.succeeded", 30, "payment tells that it is paid");
        undone.aDayPasses();
        undone.bookingStarts();
    }

    private static void endAtTheBank(Stage stage, Told told, UUID booking) throws InterruptedException {
        var ended = told.await(booking, 60, "booking.confirmed", "booking.refunded");
        var expired = told.has(booking, "booking.expired");
        var confirmed = told.has(booking, "booking.confirmed");
        stage.expect(
                ended && expired != confirmed,
                "the third, paid while booking was away, is "
                        + (confirmed ? "confirmed: its money was heard of first" : "expired, and its money went back"));
    }

    private static void replay(Stage stage, UUID booking) throws InterruptedException {
        var cases = stage.doors().cases(booking);
        if (stage.expect(cases.size() == 1, "its case is still before an operator")) {
            var replayed =
                    stage.doors().replay(cases.path(0).path("deadLetterId").asText());
            stage.expect(replayed.status() == 202, "who tries it again: " + replayed.status());
        }
    }

    private static void fill(Stage stage, Told told, UUID departure, int seats) throws InterruptedException {
        var filler = book(stage, "filler", departure, seats, "pm_card_visa");
        expect(stage, told, filler, "booking.confirmed", 60, "the last seats are sold to somebody else");
    }

    private static void expectStory(Stage stage, String who, UUID booking, String... types) {
        var lines = stage.doors()
                .timeline("traveller-" + who, booking)
                .path("entries")
                .findValuesAsText("type");
        stage.expect(
                lines.containsAll(List.of(types)),
                "%s reads in the timeline: %s".formatted(who, String.join(", ", types)));
    }

    private static void expect(Stage stage, Told told, UUID booking, String type, int seconds, String what)
            throws InterruptedException {
        stage.expect(told.await(booking, seconds, type), what + " (" + type + ")");
    }

    /** What was told about the bookings of this drill. */
    private static final class Told {
        private final List<Heard> all = new CopyOnWriteArrayList<>();

        void hear(Heard heard) {
            all.add(heard);
        }

        boolean has(UUID booking, String type) {
            return all.stream().anyMatch(each -> is(each, booking, type));
        }

        JsonNode of(UUID booking, String type) {
            return all.stream()
                    .filter(each -> is(each, booking, type))
                    .findFirst()
                    .orElseThrow()
                    .json();
        }

        boolean await(UUID booking, int seconds, String... anyOf) throws InterruptedException {
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (List.of(anyOf).stream().noneMatch(type -> has(booking, type))) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return true;
        }

        private static boolean is(Heard heard, UUID booking, String type) {
            return heard.type().equals(type) && heard.key().equals(booking.toString());
        }
    }

    /** What has to be put back, wherever the drill ends. */
    private static final class Undone implements AutoCloseable {
        private final Stage stage;
        private boolean stopped;
        private boolean moved;

        Undone(Stage stage) {
            this.stage = stage;
        }

        void bookingStops() {
            stopped = true;
            stage.launcher().stop("booking");
            stage.say("BOOKING IS STOPPED");
        }

        void bookingStarts() {
            stage.launcher().start("booking");
            stopped = false;
            stage.say("BOOKING IS BACK");
        }

        void aDayPasses() {
            moved = true;
            stage.launcher().moveClock("+25h");
            stage.say("25 HOURS PASS, by the moved clock");
        }

        @Override
        public void close() {
            stage.provider().heal();
            if (stopped) {
                bookingStarts();
            }
            if (moved) {
                stage.launcher().moveClock("-25h");
                stage.say("the clock is put back");
            }
        }
    }
}
