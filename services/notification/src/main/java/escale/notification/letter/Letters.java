package escale.notification.letter;

import escale.notification.Language;

/** Writes letters. */
public final class Letters {
    private static final Words FRENCH = new French();
    private static final Words ENGLISH = new English();

    private Letters() {}

    public static Letter write(Language language, Topic topic) {
        var words = switch (language) {
            case FR -> FRENCH;
            case EN -> ENGLISH;
        };
        var wording = words.wording(topic);
        var frame = words.frame(topic);
        return new Letter(
                wording.subject(), PlainForm.of(wording, frame), PageForm.of(language.locale(), wording, frame));
    }
}
