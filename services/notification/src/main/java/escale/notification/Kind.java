package escale.notification;

/** What a mail tells its traveller. */
public enum Kind {
    CONFIRMED,
    PAYMENT_DECLINED,
    PAYMENT_FAILED,
    /** Nobody knows yet whether money was taken. */
    NEEDS_ATTENTION,
    RESERVED,
    /** An operator had a link sent. */
    PAY_LINK,
    ACTION_REQUIRED,
    /** The day before the visit. */
    REMINDER,
    CANCELLED,
    EXPIRED,
    REFUNDED
}
