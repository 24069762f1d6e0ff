package escale.drill.drills;

/** A booking, from the request to the confirmation. */
final class Happy implements Drill {
    @Override
    public String shows() {
        return "one booking is accepted, paid and confirmed; its key means the same booking ever after";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var departure = stage.departure(10);
        var doors = stage.doors();
        var key = stage.run() + "-happy";
        try (var following = new Following(stage)) {
            var answer = doors.book("traveller-happy", key, departure, 2, "pm_card_visa");
            stage.say("POST /v1/bookings: " + answer.status() + " " + answer.field("status"));
            var booking = answer.located();
            if (!stage.expect(booking != null && answer.accepted(), "the booking is accepted at once")
                    || booking == null) {
                stage.say(answer.text());
                return;
            }
            following.follow(booking);
            stage.expect(following.await("booking.confirmed", 30), "it is confirmed");

            var again = doors.book("traveller-happy", key, departure, 2, "pm_card_visa");
            stage.expect(booking.equals(again.located()) && again.replayed(), "the same key again is the same booking");
            var other = doors.book("traveller-happy", key, departure, 3, "pm_card_visa");
            stage.expect(other.status() == 422, "the same key with another body is refused: " + other.field("code"));
            var read = doors.read("traveller-happy", booking);
            stage.expect(
                    read.path("status").asText().equals("CONFIRMED"),
                    "GET says " + read.path("status").asText());
            for (var entry : doors.timeline("traveller-happy", booking).path("entries")) {
                stage.say("timeline " + entry.path("at").asText() + " "
                        + entry.path("type").asText() + " "
                        + entry.path("status").asText());
            }
        }
    }
}
