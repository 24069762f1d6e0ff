package escale.sql;

import java.sql.SQLException;

/** The database did not do what it was asked: because it is away or busy, or because the data cannot be. */
public final class DatabaseFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String state;

    public DatabaseFault(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** True when the data itself was refused (class 22: it does not fit, class 23: it contradicts), so trying again is in vain. */
    public boolean refusesTheData() {
        return state.startsWith("22") || state.startsWith("23");
    }
}
