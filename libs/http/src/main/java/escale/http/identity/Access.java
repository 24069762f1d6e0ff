package escale.http.identity;

import java.util.Set;

/** The rule of one route. */
sealed interface Access {
    record Anyone() implements Access {}

    record Only(Set<Role> roles) implements Access {}

    /** Nobody wrote a rule, so nobody may use the route. */
    record Nobody() implements Access {}
}
