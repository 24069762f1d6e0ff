package escale.http.identity;

import escale.http.Problem;
import escale.http.ProblemException;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Set;

/** Who sent this request, as a verified token says. Controllers take it as an argument; it is never read from a body. */
public record Identity(String userId, Set<Role> roles) {
    private static final String ATTRIBUTE = "escale.identity";
    private static final int LONGEST = 64;

    public Identity {
        if (userId.isBlank() || userId.length() > LONGEST || userId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("userId: must be 1 to 64 printable characters");
        }
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** May this identity know of what belongs to {@code owner}? If not, the answer is 404, as if it were not there. */
    public boolean mayAccess(String owner, Role... evenIfNotOwner) {
        if (userId.equals(owner)) {
            return true;
        }
        for (var role : evenIfNotOwner) {
            if (has(role)) {
                return true;
            }
        }
        return false;
    }

    void attachTo(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Hands the identity to controllers. */
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<Identity> {
        private static final Argument<Identity> TYPE = Argument.of(Identity.class);

        @Override
        public Argument<Identity> argumentType() {
            return TYPE;
        }

        @Override
        public BindingResult<Identity> bind(ArgumentConversionContext<Identity> context, HttpRequest<?> request) {
            var identity = request.getAttribute(ATTRIBUTE, Identity.class);
            if (identity.isEmpty()) {
                // A route for anyone that nevertheless asks who it is: closed rather than open.
                throw new ProblemException(Problem.unauthorized("token-missing", "This request needs a bearer token"));
            }
            return () -> identity;
        }
    }
}
