package escale.http.json;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.type.Argument;
import io.micronaut.http.annotation.Body;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** A process does not start while one of its routes takes its body in a way that {@link RequestBodyReader} never sees. */
@Singleton
final class LenientBodies implements ApplicationEventListener<StartupEvent> {
    private final Router router;

    LenientBodies(Router router) {
        this.router = router;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        var lenient = router.uriRoutes()
                .filter(LenientBodies::isLenient)
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .sorted()
                .toList();
        if (!lenient.isEmpty()) {
            throw new IllegalStateException("Take the body whole, as one @Body record, in " + lenient);
        }
    }

    private static boolean isLenient(UriRouteInfo<?, ?> route) {
        return Arrays.stream(route.getTargetMethod().getArguments())
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(Body.class))
                .anyMatch(LenientBodies::isLenient);
    }

    /** A wrapped body loses its annotation on the way to the reader; a part of a body is taken from a map of all of it. */
    private static boolean isLenient(Argument<?> body) {
        return body.isOptional()
                || body.isAsyncOrReactive()
                || body.getAnnotationMetadata().stringValue(Body.class).isPresent();
    }
}
