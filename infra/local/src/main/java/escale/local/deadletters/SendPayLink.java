package escale.local.deadletters;

import escale.local.supervision.CannotStart;
import java.util.function.Consumer;

/** Has the traveller of a case sent a link to pay by, and notes that in the history of the case. */
final class SendPayLink {
    private final PaymentDoor payment;
    private final BookingDoor booking;
    private final Consumer<String> show;

    SendPayLink(PaymentDoor payment, BookingDoor booking, Consumer<String> show) {
        this.payment = payment;
        this.booking = booking;
        this.show = show;
    }

    void send(String id) {
        var path = "/" + id;
        var letter = payment.get(path);
        var traveller = letter.path("bookingId").asText();
        if (traveller.isEmpty()) {
            throw new CannotStart("This case is about no booking: there is nobody to send a link to.");
        }
        if (letter.path("status").asText().equals("REPLAYING")) { // booking does not know of it
            throw new CannotStart("This case is being retried at this moment: see what comes of it first.");
        }
        var sent = booking.sendPayLink(
                traveller, booking.get(traveller).path("version").asInt());
        show.accept("The traveller of booking %s is sent a pay link, good until %s."
                .formatted(traveller, sent.path("expiresAt").asText()));
        var note = Door.JSON.createObjectNode().put("note", "sent the traveller a pay link");
        var now = payment.act("POST", path + "/notes", letter.path("version").asInt(), note);
        show.accept("%s is still %s (version %d): it is settled when the link is paid."
                .formatted(id, now.path("status").asText(), now.path("version").asInt()));
    }
}
