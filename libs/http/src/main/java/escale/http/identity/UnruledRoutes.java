package escale.http.identity;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;

/** A process does not start while one of its routes has no rule: whoever forgot it learns so at once. */
@Singleton
final class UnruledRoutes implements ApplicationEventListener<StartupEvent> {
    private final Router router;
    private final AccessRules rules;

    UnruledRoutes(Router router, AccessRules rules) {
        this.router = router;
        this.rules = rules;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        var unruled = router.uriRoutes()
                .filter(route -> rules.of(route) instanceof Access.Nobody)
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .distinct()
                .sorted()
                .toList();
        if (!unruled.isEmpty()) {
            throw new IllegalStateException("Say with @Allow or @AllowAnyone, but not both, who may use " + unruled);
        }
    }
}
