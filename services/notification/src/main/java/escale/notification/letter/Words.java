package escale.notification.letter;

/** A language that letters are written in. */
sealed interface Words permits French, English {

    Wording wording(Topic topic);

    Wording.Frame frame(Topic topic);
}
