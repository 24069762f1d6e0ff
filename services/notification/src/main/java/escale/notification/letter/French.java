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

/** Letters in French. */
final class French implements Words {
    private static final Formats FORMATS = new Formats(Language.FR, "EEEE d MMMM yyyy 'à' HH:mm");

    @Override
    public Wording wording(Topic topic) {
        var facts = topic.facts();
        var amount = FORMATS.money(facts.amount(), facts.currency());
        var seeBooking = new Action("Voir ma réservation", topic.page());
        return switch (topic.kind()) {
            case CONFIRMED ->
                new Wording(
                        "Réservation confirmée : " + facts.tourTitle(),
                        "Votre réservation est confirmée",
                        List.of(
                                "Nous avons bien reçu votre paiement de " + amount + ". "
                                        + seats(
                                                facts,
                                                "Votre place vous attend.",
                                                "Vos " + facts.people() + " places vous attendent."),
                                "Nous vous souhaitons une belle visite."),
                        seeBooking);
            case PAYMENT_DECLINED ->
                new Wording(
                        "Paiement refusé : essayez une autre carte",
                        "Votre paiement a été refusé",
                        held(
                                topic,
                                "Votre banque a refusé le paiement de " + amount + ". Rien ne vous a été débité.",
                                "Essayez une autre carte pour garder votre réservation."),
                        new Action("Essayer une autre carte", topic.link()));
            case PAYMENT_FAILED ->
                new Wording(
                        "Votre paiement n'a pas abouti, nous nous en occupons",
                        "Nous nous occupons de votre paiement",
                        held(
                                topic,
                                "Malgré plusieurs essais, votre paiement de " + amount + " n'a pas abouti.",
                                "Notre équipe examine votre réservation et vous écrira. Vous n'avez rien à faire pour le"
                                        + " moment."),
                        seeBooking);
            case NEEDS_ATTENTION ->
                new Wording(
                        "Nous vérifions votre paiement",
                        "Nous vérifions votre paiement",
                        List.of(
                                "Nous ne savons pas encore si votre paiement de " + amount + " a été effectué. "
                                        + seats(
                                                facts,
                                                "Votre place reste gardée en attendant.",
                                                "Vos places restent gardées en attendant."),
                                "Notre équipe s'en occupe et vous écrira. Vous n'avez rien à faire, et vous ne serez pas"
                                        + " débité deux fois."),
                        seeBooking);
            case RESERVED ->
                new Wording(
                        "Votre réservation est en attente de paiement",
                        "Votre réservation est en attente de paiement",
                        held(
                                topic,
                                topic.hasLink()
                                        ? "Réservation créée. Réglez " + amount + " par le lien ci-dessous."
                                        : "Réservation créée. Vous recevrez un lien de paiement par email sous peu."),
                        topic.hasLink() ? new Action("Payer " + amount, topic.link()) : seeBooking);
            case PAY_LINK ->
                new Wording(
                        "Votre lien de paiement : " + facts.tourTitle(),
                        "Voici votre lien de paiement",
                        held(
                                topic,
                                "Ce lien vous permet de régler " + amount + " pour votre réservation, avec la carte de"
                                        + " votre choix. Il vaut pour un seul paiement.",
                                "Les liens que nous vous avons envoyés auparavant mènent au même paiement : il ne se fait"
                                        + " qu'une fois."),
                        new Action("Payer " + amount, topic.link()));
            case ACTION_REQUIRED ->
                new Wording(
                        "Confirmez votre paiement auprès de votre banque",
                        "Votre banque vous demande une confirmation",
                        held(topic, "Pour régler " + amount + ", votre banque vous demande de confirmer le paiement."),
                        new Action("Confirmer le paiement", topic.link()));
            case REMINDER ->
                new Wording(
                        "Votre visite approche : " + facts.tourTitle(),
                        "Votre visite approche",
                        List.of(
                                "Votre visite commence le " + when(facts.startsAt(), facts.timezone()) + ".",
                                seats(
                                        facts,
                                        "Votre place vous attend.",
                                        "Vos " + facts.people() + " places vous attendent.")),
                        seeBooking);
            case CANCELLED ->
                new Wording(
                        "Réservation annulée : " + facts.tourTitle(),
                        "Votre réservation est annulée",
                        List.of(
                                "Votre réservation a été annulée et "
                                        + seats(facts, "votre place est libérée.", "vos places sont libérées."),
                                "Si vous l'aviez payée, nous vous remboursons et vous écrirons dès que ce sera fait."),
                        seeBooking);
            case EXPIRED ->
                new Wording(
                        "Réservation expirée : " + facts.tourTitle(),
                        "Votre réservation a expiré",
                        List.of(
                                "Le délai de paiement est passé et "
                                        + seats(facts, "votre place a été libérée.", "vos places ont été libérées."),
                                "Si un paiement nous parvient malgré tout, nous vous rendrons "
                                        + seats(facts, "votre place", "vos places")
                                        + " s'il en reste ; sinon, nous vous rembourserons."),
                        seeBooking);
            case REFUNDED -> {
                var refund = refund(topic);
                yield new Wording(
                        "Remboursement effectué : " + refund,
                        "Votre remboursement est fait",
                        List.of(
                                "Nous vous avons remboursé " + refund + " par le moyen de paiement utilisé.",
                                "Selon votre banque, la somme apparaît sur votre compte en quelques jours."),
                        seeBooking);
            }
        };
    }

    @Override
    public Wording.Frame frame(Topic topic) {
        var facts = topic.facts();
        var details = new ArrayList<Detail>();
        details.add(new Detail("Visite", facts.tourTitle()));
        details.add(new Detail("Départ", when(facts.startsAt(), facts.timezone())));
        details.add(new Detail("Personnes", Integer.toString(facts.people())));
        details.add(new Detail("Prix total", FORMATS.money(facts.amount(), facts.currency())));
        if (facts.refundAmount() != null) {
            details.add(new Detail("Remboursé", refund(topic)));
        }
        details.add(new Detail("Réservation", topic.bookingId().toString()));
        return frame(
                topic.name(),
                topic.support(),
                details,
                "Vous recevez ce message parce qu'une réservation a été faite avec votre compte.");
    }

    @Override
    public Wording possibleAgain(String site) {
        return new Wording(
                "Les réservations sont à nouveau possibles",
                "Les réservations sont à nouveau possibles",
                List.of(
                        "Le service de paiement fonctionne à nouveau : vous pouvez réserver dès maintenant.",
                        "Vous nous aviez demandé de vous prévenir. Nous ne vous écrirons plus à ce sujet."),
                new Action("Voir nos visites", site));
    }

    @Override
    public Wording.Frame frame(@Nullable String name, String support) {
        return frame(
                name,
                support,
                List.of(),
                "Vous recevez ce message parce que cette adresse nous a été laissée pendant une panne du paiement.");
    }

    private static Wording.Frame frame(@Nullable String name, String support, List<Detail> details, String reason) {
        return new Wording.Frame(
                name == null ? "Bonjour," : "Bonjour " + name + ",",
                " : ",
                details,
                "Une question ? Répondez à ce message ou écrivez à " + support + ".",
                reason);
    }

    private static List<String> held(Topic topic, String... paragraphs) {
        var until = topic.facts().expiresAt();
        return until == null
                ? List.of(paragraphs)
                : Stream.concat(
                                Stream.of(paragraphs),
                                Stream.of(seats(topic.facts(), "Votre place est gardée", "Vos places sont gardées")
                                        + " jusqu'au "
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
        var text = FORMATS.dateAndTime(at);
        var day = at.getDayOfMonth() == 1 ? text.replaceFirst(" 1 ", " 1er ") : text;
        return day + " (heure locale, " + FORMATS.place(at) + ")";
    }
}
