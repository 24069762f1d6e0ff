package escale.runtime;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The lines of configuration that all services share stand once, in the library they belong to; a service's own
 * application.yml overrides them.
 */
@ContextConfigurer
public final class SharedConfiguration implements ApplicationContextConfigurer {
    private static final List<String> FILES =
            List.of("escale-runtime", "escale-sql", "escale-messaging", "escale-http");
    private static final int BELOW_EVERY_OTHER_SOURCE = -10_000;

    @Override
    public void configure(ApplicationContextBuilder builder) {
        for (var file : FILES) {
            try (var yaml = SharedConfiguration.class.getResourceAsStream("/" + file + ".yml")) {
                if (yaml != null) {
                    var values = new YamlPropertySourceLoader().read(file, yaml);
                    builder.propertySources(PropertySource.of(file, values, BELOW_EVERY_OTHER_SOURCE));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
