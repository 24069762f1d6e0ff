package escale.drill.load;

import escale.drill.wire.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param answer null when there was none
 * @param trouble why there was none
 */
record Post(Wish wish, @Nullable Answer answer, String trouble) {
    /** Nobody knows whether it had its effect, or the service asks to come back. */
    boolean worthRepeating() {
        return answer == null || answer.status() == 503 || answer.status() == 429;
    }

    boolean accepted() {
        return answer != null && answer.accepted() && answer.located() != null;
    }

    /** One word to count refusals by. */
    String code() {
        return code(answer, trouble);
    }

    static String code(@Nullable Answer answer, String trouble) {
        if (answer == null) {
            return trouble;
        }
        var code = answer.field("code");
        return answer.status() + (code == null ? "" : " " + code);
    }
}
