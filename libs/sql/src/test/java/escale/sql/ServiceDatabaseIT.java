package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Service;
import escale.runtime.Stages;
import escale.testkit.Postgres;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceDatabaseIT {

    @Test
    void a_service_waits_for_its_database_and_brings_it_into_shape() {
        try (var server = Postgres.dedicated()) {
            var fresh = Postgres.freshDatabase(server, "tours");
            server.stop();
            try (var service = Service.start(ApplicationContext.builder()
                    .properties(Map.of(
                            "micronaut.application.name", "tours",
                            "DATABASE_URL", fresh.jdbcUrl(),
                            "DATABASE_USER", fresh.user(),
                            "DATABASE_PASSWORD", fresh.password())))) {
                var stages = service.context().getBean(Stages.class);
                await().until(() -> String.valueOf(stages.waitingFor()).startsWith("PostgreSQL: "));

                server.restart();

                await().until(stages::ready);
                var database = service.context().getBean(Database.class);
                database.transaction(tx -> tx.update("insert into tour values (1, 10)"));
                assertThat(setting(database, "idle_in_transaction_session_timeout"))
                        .isEqualTo("30s");
                assertThat(setting(database, "lock_timeout")).isEqualTo("10s");
                assertThat(setting(database, "plan_cache_mode")).isEqualTo("force_generic_plan");
                assertThat(setting(database, "application_name")).isEqualTo("tours");
            }
        }
    }

    private static String setting(Database database, String name) {
        return database.read(tx -> tx.first("select current_setting(?)", row -> row.getString(1), name))
                .orElseThrow();
    }
}
