package escale.notification.letter;

import java.util.List;

/** What a letter says, before it has a form. */
record Wording(String subject, String headline, List<String> paragraphs, Action action) {

    /** The one thing to do next. */
    record Action(String label, String url) {}

    /** A line of the summary. */
    record Detail(String label, String value) {}

    /**
     * What surrounds every letter.
     *
     * @param colon how the language separates a label from its value
     */
    record Frame(String greeting, String colon, List<Detail> details, String question, String reason) {}
}
