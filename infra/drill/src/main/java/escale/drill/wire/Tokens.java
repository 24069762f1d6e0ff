package escale.drill.wire;

import java.util.List;

/** Who the requests come from. */
@FunctionalInterface
public interface Tokens {
    String token(String user, List<String> roles);

    /** The same token for everybody, for a system whose signing key is elsewhere. */
    static Tokens always(String token) {
        return (_, _) -> token;
    }
}
