package escale.http.identity;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What somebody is to Escale. No role includes another: whoever may both look and act carries both. */
public enum Role {
    TRAVELLER("traveller"),
    /** Offers tours, and administers its own. */
    OPERATOR("operator"),
    /** Looks at the operations console. */
    OPS_READ("ops-read"),
    /** Settles cases there. */
    OPS_WRITE("ops-write"),
    /** Another service of Escale. */
    SERVICE("service");

    private static final Map<String, Role> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Role::wireName, Function.identity()));

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the {@code roles} claim of a token. */
    public String wireName() {
        return wireName;
    }

    static Optional<Role> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
