package escale.drill.drills;

/** A card that is declined. */
final class Decline implements Drill {
    @Override
    public String shows() {
        return "a definite decline is not tried again, and the traveller is told why";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var departure = stage.departure(10);
        try (var following = new Following(stage)) {
            var answer = stage.doors()
                    .book(
                            "traveller-decline",
                            stage.run() + "-decline",
                            departure,
                            1,
                            "pm_card_chargeDeclinedInsufficientFunds");
            var booking = answer.located();
            if (booking == null) {
                stage.expect(false, "the booking is accepted: " + answer.text());
                return;
            }
            following.follow(booking);
            stage.expect(following.await("booking.payment-failed", 30), "the payment fails");
            var read = stage.doors().read("traveller-decline", booking);
            stage.expect(
                    read.path("status").asText().equals("PAYMENT_FAILED")
                            && read.path("reason").asText().equals("insufficient_funds"),
                    "GET says " + read.path("status").asText() + ", "
                            + read.path("reason").asText() + ": "
                            + read.path("message").asText());
            stage.expect(following.of("payment.attempt-failed").isEmpty(), "it was not tried again");
            stage.expect(stage.doors().cases(booking).isEmpty(), "no person has to look at it");
        }
    }
}
