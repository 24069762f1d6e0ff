package escale.sql;

import escale.runtime.Stage;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the service's database to the shape its code expects, before anything reads or writes it. */
@Singleton
@Requires(beans = DataSource.class)
final class Migrations implements Stage {
    private final DataSource dataSource;
    private final List<String> locations;

    Migrations(
            DataSource dataSource,
            DataSourceResolver resolver,
            @Value("${escale.sql.migrations}") List<String> locations) {
        this.dataSource = resolver.resolve(dataSource);
        this.locations = locations;
    }

    @Override
    public Phase phase() {
        return Phase.DATABASE;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void start() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations(locations.toArray(String[]::new))
                .load()
                .migrate();
    }
}
