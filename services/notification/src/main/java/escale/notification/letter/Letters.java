package escale.notification.letter;

import escale.notification.Language;
import org.jspecify.annotations.Nullable;

/** Writes letters. */
public final class Letters {
    private static final Words FRENCH = new French();
    private static final Words ENGLISH = new English();

    private Letters() {}

    public static Letter write(Language language, Topic topic) {
        var words = words(language);
        return letter(language, words.wording(topic), words.frame(topic));
    }

    /** For who asked to be told. */
    public static Letter possibleAgain(Language language, @Nullable String name, String site, String support) {
        var words = words(language);
        return letter(language, words.possibleAgain(site), words.frame(name, support));
    }

    private static Letter letter(Language language, Wording wording, Wording.Frame frame) {
        return new Letter(
                wording.subject(), PlainForm.of(wording, frame), PageForm.of(language.locale(), wording, frame));
    }

    private static Words words(Language language) {
        return switch (language) {
            case FR -> FRENCH;
            case EN -> ENGLISH;
        };
    }
}
