package escale.http.identity;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which rule each route has, read once from its annotations. */
@Singleton
final class AccessRules {
    private final Map<RouteInfo<?>, Access> rules = new ConcurrentHashMap<>();
    private final int publicPort;

    AccessRules(@Value("${micronaut.server.port:8080}") int publicPort) {
        this.publicPort = publicPort;
    }

    Access of(RouteInfo<?> route) {
        var known = rules.get(route);
        return known != null ? known : rules.computeIfAbsent(route, this::read);
    }

    private Access read(RouteInfo<?> route) {
        if (isManagement(route)) {
            return new Access.Anyone();
        }
        var onMethod = route.getAnnotationMetadata().getDeclaredMetadata();
        var rule = read(onMethod);
        return rule instanceof Access.Nobody ? read(route.getAnnotationMetadata()) : rule;
    }

    private static Access read(AnnotationMetadata annotations) {
        boolean anyone = annotations.hasAnnotation(AllowAnyone.class);
        boolean some = annotations.hasAnnotation(Allow.class);
        if (anyone == some) {
            return new Access.Nobody(); // no rule, or two that contradict each other
        }
        return anyone ? new Access.Anyone() : new Access.Only(Set.of(annotations.enumValues(Allow.class, Role.class)));
    }

    /** Health and metrics have a port of their own, which no public door leads to. */
    private boolean isManagement(RouteInfo<?> route) {
        return route instanceof UriRouteInfo<?, ?> uri
                && uri.getPort() != null
                && uri.getPort() != publicPort
                && route.getDeclaringType().isAnnotationPresent(Endpoint.class);
    }
}
