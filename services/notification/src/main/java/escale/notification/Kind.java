package escale.notification;

/** What a mail tells its traveller. */
public enum Kind {
    CONFIRMED,
    PAYMENT_DECLINED,
    PAYMENT_FAILED,
    RESERVED,
    /** An operator had a link sent. */
    PAY_LINK,
    ACTION_REQUIRED,
    CANCELLED,
    EXPIRED,
    REFUNDED
}
