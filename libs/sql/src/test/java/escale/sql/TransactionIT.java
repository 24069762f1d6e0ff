package escale.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionIT {
    private static final Instant WINTER = Instant.parse("2026-01-31T23:59:59.123456Z");
    private static final Instant SUMMER = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("1889-03-31T11:59:59.999999Z");
    private static final String DIFFICULT = "L'été, \"à\" {Paris} \\ NULL\n\ttab ;--";

    private Pool pool;
    private TimeZone zone;

    private enum Status {
        CONFIRMED
    }

    @BeforeAll
    void open() {
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris")); // where an instant and a local time are not the same
        pool = new Pool(2);
    }

    @AfterAll
    void close() {
        pool.close();
        TimeZone.setDefault(zone);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("uuid", UUID.fromString("019aa000-0000-7000-8000-000000000001")),
                Arguments.of("text", DIFFICULT),
                Arguments.of("text", ""),
                Arguments.of("bigint", Long.MIN_VALUE),
                Arguments.of("int", Integer.MAX_VALUE),
                Arguments.of("smallint", 3),
                Arguments.of("boolean", true),
                Arguments.of("date", LocalDate.parse("2026-02-28")),
                Arguments.of("bytea", new byte[] {0, -1, 92, 39}),
                Arguments.of("bytea", new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_comes_back_as_it_went(String type, Object value) {
        var found = pool.database.read(tx -> tx.first(
                "select ?::" + type + " as it",
                row -> value instanceof LocalDate ? row.getObject(1, LocalDate.class) : row.getObject(1),
                value));

        assertThat(found).contains(value);
    }

    @Test
    void an_instant_comes_back_to_the_microsecond_whatever_the_time_zone() {
        for (var instant : new Instant[] {WINTER, SUMMER, LONG_AGO}) {
            var found = pool.database.read(
                    tx -> tx.first("select ?::timestamptz as it", row -> Transaction.instant(row, "it"), instant));
            assertThat(found).contains(instant);
        }
    }

    @Test
    void an_enum_goes_by_its_name() {
        var found = pool.database.read(tx -> tx.first("select ?", row -> row.getString(1), Status.CONFIRMED));

        assertThat(found).contains("CONFIRMED");
    }

    static Stream<String> types() {
        return Stream.of("uuid", "text", "bigint", "int", "boolean", "date", "bytea", "timestamptz", "uuid[]");
    }

    @ParameterizedTest
    @MethodSource("types")
    void null_is_null_of_any_type(String type) {
        var isNull = pool.database.read(
                tx -> tx.first("select ?::" + type + " is null", row -> row.getBoolean(1), new Object[] {null}));

        assertThat(isNull).contains(true);
    }

    static Stream<Arguments> arrays() {
        return Stream.of(
                Arguments.of("uuid", new UUID[] {new UUID(1, 2), null, new UUID(3, 4)}),
                Arguments.of("text", new String[] {"NULL", null, "", DIFFICULT, "a,b", "{}", "null", " "}),
                Arguments.of("timestamptz", new Instant[] {WINTER, null, LONG_AGO, SUMMER}),
                Arguments.of("bytea", new byte[][] {{0, -1}, null, {}, {92, 34, 39}}),
                Arguments.of("int", new Integer[] {1, null, Integer.MIN_VALUE}),
                Arguments.of("bigint", new Long[] {1L, null, Long.MAX_VALUE}),
                Arguments.of("int", new int[] {1, -1}),
                Arguments.of("bigint", new long[] {Long.MIN_VALUE, 0}),
                Arguments.of("boolean", new Boolean[] {true, null, false}),
                Arguments.of("boolean", new boolean[] {true, false}),
                Arguments.of("text", new String[] {}),
                Arguments.of("uuid", new UUID[] {}),
                Arguments.of("bytea", new byte[][] {}),
                Arguments.of("timestamptz", new Instant[] {}),
                Arguments.of("int", new int[] {}));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void an_array_becomes_one_row_per_element_nulls_and_all(String type, Object array) {
        var rows = pool.database.read(tx -> tx.query(
                "select it from unnest(?::" + type + "[]) with ordinality as u (it, n) order by n",
                row -> new Cell(cell(row, type)),
                array));

        assertThat(rows.stream().map(Cell::value).toArray()).isEqualTo(boxed(array));
    }

    /** A row's only value, so that null can stand in a list. */
    private record Cell(@Nullable Object value) {}

    private static @Nullable Object cell(ResultSet row, String type) throws SQLException {
        return type.equals("timestamptz") ? Transaction.instant(row, "it") : row.getObject(1);
    }

    private static Object[] boxed(Object array) {
        return switch (array) {
            case int[] ints -> Arrays.stream(ints).boxed().toArray();
            case long[] longs -> Arrays.stream(longs).boxed().toArray();
            case boolean[] booleans -> new Object[] {booleans[0], booleans[1]};
            case Object[] objects -> Arrays.copyOf(objects, objects.length, Object[].class);
            default -> throw new AssertionError(array.getClass().getName().toLowerCase(Locale.ROOT));
        };
    }

    @Test
    void first_is_the_first_row_or_nothing_and_query_is_all_of_them() {
        var three = "select n from generate_series(1, 3) n";

        var first = pool.database.read(tx -> tx.first(three, row -> row.getInt(1)));
        var none = pool.database.read(tx -> tx.first(three + " where false", row -> row.getInt(1)));
        var all = pool.database.read(tx -> tx.query(three, row -> row.getInt(1)));

        assertThat(first).contains(1);
        assertThat(none).isEmpty();
        assertThat(all).containsExactly(1, 2, 3);
    }
}
