package escale.http.identity;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.Optional;

/** A door with every kind of rule. */
@Controller("/guarded")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow({Role.TRAVELLER, Role.SERVICE})
final class GuardedController {

    @Get("/me")
    Map<String, Object> me(Identity identity) {
        return Map.of("userId", identity.userId(), "roles", identity.roles().size());
    }

    @Get("/ops")
    @Allow(Role.OPS_WRITE)
    Map<String, Object> ops(Identity identity) {
        return Map.of("userId", identity.userId());
    }

    @Get("/open")
    @AllowAnyone
    Map<String, Object> open() {
        return Map.of();
    }

    @Get("/confused")
    @AllowAnyone
    Map<String, Object> confused(Identity identity) {
        return Map.of("userId", identity.userId());
    }

    /** Nobody thought of who may use this. */
    @Controller("/unruled")
    @Requires(property = "sample", value = "unruled")
    static final class Unruled {
        @Get
        Map<String, Object> get() {
            return Map.of();
        }
    }

    /** Two people thought of it, each for themselves. */
    @Controller("/contradictory")
    @Requires(property = "sample", value = "contradictory")
    static final class Contradictory {
        @Get
        @Allow(Role.SERVICE)
        @AllowAnyone
        Map<String, Object> get() {
            return Map.of();
        }
    }

    /** Takes its body in a wrapper. */
    @Controller("/lenient")
    @Requires(property = "sample", value = "wrapped")
    @AllowAnyone
    static final class Wrapped {
        @Post
        HttpResponse<?> post(@Body Optional<String> body) {
            return HttpResponse.ok();
        }
    }

    /** Takes its body in pieces. */
    @Controller("/lenient")
    @Requires(property = "sample", value = "pieces")
    @AllowAnyone
    static final class Pieces {
        @Post
        HttpResponse<?> post(@Body("name") String name) {
            return HttpResponse.ok();
        }
    }
}
