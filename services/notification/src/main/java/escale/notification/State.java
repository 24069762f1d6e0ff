package escale.notification;

/** Where a mail or an alert is on its way out. */
public enum State {
    WAITING,
    SENT,
    FAILED
}
