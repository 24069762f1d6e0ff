package escale.notification.letter;

import static java.util.stream.Collectors.joining;

/** A letter for those who read mails as text. */
final class PlainForm {
    private PlainForm() {}

    static String of(Wording wording, Wording.Frame frame) {
        return """
                %s

                %s

                %s

                %s%s
                %s

                %s

                --
                %s
                %s
                """.formatted(
                        Letter.oneLine(frame.greeting()),
                        wording.headline(),
                        wording.paragraphs().stream().map(Letter::oneLine).collect(joining("\n\n")),
                        wording.action().label(),
                        frame.colon().stripTrailing(),
                        wording.action().url(),
                        frame.details().stream()
                                .map(detail -> detail.label() + frame.colon() + Letter.oneLine(detail.value()))
                                .collect(joining("\n")),
                        frame.question(),
                        frame.reason());
    }
}
