package escale.notification.letter;

import escale.notification.Facts;
import escale.notification.Language;
import escale.notification.letter.Wording.Action;
import escale.notification.letter.Wording.Detail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Letters in English. */
final class English implements Words {
    private static final Formats FORMATS = new Formats(Language.EN, "EEEE d MMMM yyyy 'at' HH:mm");

    @Override
    public Wording wording(Topic topic) {
        var facts = topic.facts();
        var amount = FORMATS.money(facts.amount(), facts.currency());
        var seeBooking = new Action("See my booking", topic.page());
        return switch (topic.kind()) {
            case CONFIRMED ->
                new Wording(
                        "Booking confirmed: " + facts.tourTitle(),
                        "Your booking is confirmed",
                        List.of(
                                "We have received your payment of " + amount + ". "
                                        + seats(
                                                facts,
                                                "Your seat is waiting for you.",
                                                "Your " + facts.people() + " seats are waiting for you."),
                                "We wish you a wonderful visit."),
                        seeBooking);
            case PAYMENT_DECLINED ->
                new Wording(
                        "Payment declined: try another card",
                        "Your payment was declined",
                        held(
                                topic,
                                "Your bank declined the payment of " + amount + ". Nothing was charged.",
                                "Try another card to keep your booking."),
                        new Action("Try another card", topic.link()));
            case PAYMENT_FAILED ->
                new Wording(
                        "Your payment did not go through, we look into it",
                        "We look into your payment",
                        held(
                                topic,
                                "In spite of several attempts, your payment of " + amount + " did not go through.",
                                "Our team looks into your booking and will write to you. There is nothing you need to do"
                                        + " for now."),
                        seeBooking);
            case NEEDS_ATTENTION ->
                new Wording(
                        "We are checking your payment",
                        "We are checking your payment",
                        List.of(
                                "We have not been told yet whether your payment of " + amount + " was made. "
                                        + seats(
                                                facts,
                                                "Your seat is held meanwhile.",
                                                "Your seats are held meanwhile."),
                                "Our team looks into it and will write to you. There is nothing you need to do, and you will"
                                        + " not be charged twice."),
                        seeBooking);
            case RESERVED ->
                new Wording(
                        "Your booking is awaiting payment",
                        "Your booking is awaiting payment",
                        held(
                                topic,
                                topic.hasLink()
                                        ? "Booking created. Pay " + amount + " by the link below."
                                        : "Booking created. You will receive a payment link by email shortly."),
                        topic.hasLink() ? new Action("Pay " + amount, topic.link()) : seeBooking);
            case PAY_LINK ->
                new Wording(
                        "Your payment link: " + facts.tourTitle(),
                        "Here is your payment link",
                        held(
                                topic,
                                "With this link you pay " + amount + " for your booking, with a card of your choice."
                                        + " It is good for one payment.",
                                "Links that we sent you before lead to the same payment: it is made only once."),
                        new Action("Pay " + amount, topic.link()));
            case ACTION_REQUIRED ->
                new Wording(
                        "Confirm your payment with your bank",
                        "Your bank asks you to confirm",
                        held(topic, "To pay " + amount + ", your bank asks you to confirm the payment."),
                        new Action("Confirm the payment", topic.link()));
            case REMINDER ->
                new Wording(
                        "Your visit is coming up: " + facts.tourTitle(),
                        "Your visit is coming up",
                        List.of(
                                "Your visit starts on " + when(facts.startsAt(), facts.timezone()) + ".",
                                seats(
                                        facts,
                                        "Your seat is waiting for you.",
                                        "Your " + facts.people() + " seats are waiting for you.")),
                        seeBooking);
            case CANCELLED ->
                new Wording(
                        "Booking cancelled: " + facts.tourTitle(),
                        "Your booking is cancelled",
                        List.of(
                                "Your booking has been cancelled and "
                                        + seats(facts, "your seat is free again.", "your seats are free again."),
                                "If you had paid for it, we refund you, and will write once that is done."),
                        seeBooking);
            case EXPIRED ->
                new Wording(
                        "Booking expired: " + facts.tourTitle(),
                        "Your booking has expired",
                        List.of(
                                "The time to pay has passed, and "
                                        + seats(
                                                facts,
                                                "your seat has been released.",
                                                "your seats have been released."),
                                "Should a payment reach us after all, you get "
                                        + seats(facts, "your seat", "your seats")
                                        + " back if there are any left; otherwise we refund you."),
                        seeBooking);
            case REFUNDED -> {
                var refund = refund(topic);
                yield new Wording(
                        "Refund made: " + refund,
                        "You have been refunded",
                        List.of(
                                "We have refunded " + refund + " to the payment method you used.",
                                "Depending on your bank, it takes a few days to show on your account."),
                        seeBooking);
            }
        };
    }

    @Override
    public Wording.Frame frame(Topic topic) {
        var facts = topic.facts();
        var details = new ArrayList<Detail>();
        details.add(new Detail("Tour", facts.tourTitle()));
        details.add(new Detail("Departure", when(facts.startsAt(), facts.timezone())));
        details.add(new Detail("People", Integer.toString(facts.people())));
        details.add(new Detail("Total price", FORMATS.money(facts.amount(), facts.currency())));
        if (facts.refundAmount() != null) {
            details.add(new Detail("Refunded", refund(topic)));
        }
        details.add(new Detail("Booking", topic.bookingId().toString()));
        return frame(
                topic.name(),
                topic.support(),
                details,
                "You receive this message because a booking was made with your account.");
    }

    @Override
    public Wording possibleAgain(String site) {
        return new Wording(
                "Booking is possible again",
                "Booking is possible again",
                List.of(
                        "The payment service works again: you can book right now.",
                        "You had asked us to tell you. We will not write to you about this any more."),
                new Action("See our tours", site));
    }

    @Override
    public Wording.Frame frame(@Nullable String name, String support) {
        return frame(
                name,
                support,
                List.of(),
                "You receive this message because this address was left with us while payment was not available.");
    }

    private static Wording.Frame frame(@Nullable String name, String support, List<Detail> details, String reason) {
        return new Wording.Frame(
                name == null ? "Hello," : "Hello " + name + ",",
                ": ",
                details,
                "Any question? Reply to this message or write to " + support + ".",
                reason);
    }

    private static List<String> held(Topic topic, String... paragraphs) {
        var until = topic.facts().expiresAt();
        return until == null
                ? List.of(paragraphs)
                : Stream.concat(
                                Stream.of(paragraphs),
                                Stream.of(seats(topic.facts(), "Your seat is held", "Your seats are held")
                                        + " until "
                                        + when(until, topic.facts().timezone()) + "."))
                        .toList();
    }

    private static String seats(Facts facts, String one, String several) {
        return facts.people() == 1 ? one : several;
    }

    private static String refund(Topic topic) {
        var facts = topic.facts();
        var refund = facts.refundAmount();
        return FORMATS.money(refund == null ? facts.amount() : refund, facts.currency());
    }

    private static String when(Instant instant, String timezone) {
        var at = FORMATS.at(instant, timezone);
        return FORMATS.dateAndTime(at) + " (local time, " + FORMATS.place(at) + ")";
    }
}
