package escale.notification;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages mails are written in. */
public enum Language {
    FR(Locale.FRANCE),
    EN(Locale.UK);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** How numbers and dates are written. */
    public Locale locale() {
        return locale;
    }

    /** As events write it; null for one that this version does not know. */
    public static @Nullable Language named(@Nullable String locale) {
        return switch (locale) {
            case "fr" -> FR;
            case "en" -> EN;
            case null, default -> null;
        };
    }
}
