package escale.payment;

/** What is open about the last try under the current key, and so how to ask. */
public enum Doubt {
    /** Nothing: no try was made under this key, or its outcome is known. */
    NONE,
    /** No answer came: the same request under the same key is both the question and the next try. */
    SAME_KEY,
    /** An answer came that says nothing (a 5xx, stored under the key): look the payment up; a new key once it is not there. */
    ANSWERED
}
