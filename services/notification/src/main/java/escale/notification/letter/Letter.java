package escale.notification.letter;

import java.util.regex.Pattern;

/** A mail in words, twice the same: as text and as a page. */
public record Letter(String subject, String text, String html) {

    private static final Pattern BREAKS = Pattern.compile("\\p{Cntrl}+");

    public Letter {
        subject = oneLine(subject);
    }

    /** What goes into a header stays in it: a line break there would begin another header, or the body. */
    public static String oneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
