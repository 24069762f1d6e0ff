package escale.simulator.books;

import java.util.concurrent.ThreadLocalRandom;

/** New ids in the provider's looks: a prefix that names the kind, and letters and digits by chance. */
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Ids() {}

    public static String intent() {
        return random("pi_3", 23);
    }

    public static String charge() {
        return random("ch_3", 23);
    }

    public static String refund() {
        return random("re_3", 23);
    }

    public static String request() {
        return random("req_", 14);
    }

    private static String random(String prefix, int length) {
        var chance = ThreadLocalRandom.current();
        var id = new StringBuilder(prefix.length() + length).append(prefix);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
