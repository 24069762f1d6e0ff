package escale.http.identity;

import escale.http.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Lets a request through to its route if the route's rule allows whoever sent it. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AccessFilter implements Ordered {
    private static final String SCHEME = "Bearer ";
    private static final CompletableFuture<Optional<HttpResponse<?>>> GO_ON =
            CompletableFuture.completedFuture(Optional.empty());

    private final AccessRules rules;
    private final KnownTokens known;
    private final TokenCheck tokens;
    private final ExecutorService blocking;

    AccessFilter(
            AccessRules rules,
            KnownTokens known,
            TokenCheck tokens,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.rules = rules;
        this.known = known;
        this.tokens = tokens;
        this.blocking = blocking;
    }

    /** An answer, if the request goes no further. Only a token not seen lately leaves the event loop to be checked. */
    @RequestFilter
    CompletableFuture<Optional<HttpResponse<?>>> admit(HttpRequest<?> request) {
        var route = RouteAttributes.getRouteInfo(request);
        if (route.isEmpty()) {
            return GO_ON; // there is nothing here to protect: it will be 404 or 405
        }
        return switch (rules.of(route.get())) {
            case Access.Anyone _ -> GO_ON;
            case Access.Nobody _ ->
                refuse(Problem.forbidden("no-access-rule", "Nobody may use this address")
                        .answer());
            case Access.Only(var roles) -> admit(request, roles);
        };
    }

    private CompletableFuture<Optional<HttpResponse<?>>> admit(HttpRequest<?> request, Set<Role> roles) {
        var header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refuse(unauthorized("token-missing", "This request needs a bearer token", "Bearer"));
        }
        var token = header.substring(SCHEME.length()).strip();
        var identity = known.find(token);
        return identity == null
                ? CompletableFuture.supplyAsync(() -> check(request, token, roles), blocking)
                : CompletableFuture.completedFuture(admit(request, identity, roles));
    }

    private Optional<HttpResponse<?>> check(HttpRequest<?> request, String token, Set<Role> roles) {
        return switch (tokens.check(token)) {
            case TokenCheck.Result.Genuine genuine -> {
                known.remember(token, genuine);
                yield admit(request, genuine.identity(), roles);
            }
            case TokenCheck.Result.Refused(var code, var detail) ->
                Optional.of(unauthorized(code, detail, "Bearer error=\"invalid_token\""));
            case TokenCheck.Result.Undecided _ ->
                Optional.of(Problem.unavailable("unavailable", "Bearer tokens cannot be checked at the moment")
                        .answerRetryAfter(Duration.ofSeconds(5)));
        };
    }

    private static Optional<HttpResponse<?>> admit(HttpRequest<?> request, Identity identity, Set<Role> roles) {
        for (var role : roles) {
            if (identity.has(role)) {
                identity.attachTo(request);
                return Optional.empty();
            }
        }
        return Optional.of(Problem.forbidden("role-missing", "This address is for other roles than yours")
                .answer()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\""));
    }

    private static CompletableFuture<Optional<HttpResponse<?>>> refuse(HttpResponse<?> answer) {
        return CompletableFuture.completedFuture(Optional.of(answer));
    }

    private static HttpResponse<?> unauthorized(String code, String detail, String challenge) {
        return Problem.unauthorized(code, detail).answer().header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }
}
