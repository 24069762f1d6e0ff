package escale.local;

import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gives out a token for trying things out: {@code token --user claire --role traveller}. */
final class MintToken {
    static final String USER = "claire";
    private static final Duration LIFETIME = Duration.ofHours(12);

    private MintToken() {}

    static LocalTokens tokens(Place place) throws IOException {
        return LocalTokens.keptIn(place.keys(), "escale", "escale");
    }

    /** For somebody who looks at cases and settles them. */
    static String operator(Place place, String user) throws IOException {
        return tokens(place).token(user, EnumSet.of(Role.OPS_READ, Role.OPS_WRITE), LIFETIME);
    }

    static int run(Place place, List<String> options, Consumer<String> show) throws IOException {
        var user = USER;
        var roles = EnumSet.noneOf(Role.class);
        for (var i = 0; i < options.size(); i += 2) {
            if (i + 1 == options.size()) {
                throw new CannotStart(options.get(i) + " needs a value: ./escale token --user claire --role traveller");
            }
            switch (options.get(i)) {
                case "--user" -> user = options.get(i + 1);
                case "--role" -> roles.add(role(options.get(i + 1)));
                default -> throw new CannotStart("token knows --user and --role, not " + options.get(i) + ".");
            }
        }
        show.accept(tokens(place).token(user, roles.isEmpty() ? Set.of(Role.TRAVELLER) : roles, LIFETIME));
        return 0;
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no role '%s'; there are %s."
                        .formatted(
                                name,
                                Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", ")))));
    }
}
