package escale.sql;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Turns rows into the arrays that {@code unnest} takes: one per column. */
public final class Columns {
    private Columns() {}

    public static <T, C> @Nullable C[] column(
            List<T> rows, Function<T, @Nullable C> value, IntFunction<@Nullable C[]> array) {
        var column = array.apply(rows.size());
        for (var i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }
}
