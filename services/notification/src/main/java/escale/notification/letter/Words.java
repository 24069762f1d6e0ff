package escale.notification.letter;

import org.jspecify.annotations.Nullable;

/** A language that letters are written in. */
sealed interface Words permits French, English {

    Wording wording(Topic topic);

    Wording.Frame frame(Topic topic);

    Wording possibleAgain(String site);

    /** Around a letter that is about no booking. */
    Wording.Frame frame(@Nullable String name, String support);
}
