package escale.sql;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** The database did not do what it was asked: because it is away or busy, or because the data cannot be. */
public final class DatabaseFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String state;

    public DatabaseFault(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** True when the data contradicts this constraint. */
    public boolean contradicts(String constraint) {
        return getCause() instanceof PSQLException refusal
                && refusal.getServerErrorMessage() != null
                && constraint.equals(refusal.getServerErrorMessage().getConstraint());
    }

    /**
     * True when the data itself was refused, so that trying again is in vain: class 21, it names one row twice; 22, it does
     * not fit; 23, it contradicts; 54, it is too large for an index.
     */
    public boolean refusesTheData() {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "21", "22", "23", "54" -> true;
            default -> false;
        };
    }
}
