package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.sql.SQLException;
import java.util.Set;

/** What failures of a JDBC driver mean, by SQL states, which drivers agree on more than on anything else. */
final class SqlFailures {
    private static final Set<Integer> MYSQL_FORBIDDEN = Set.of(1044, 1142, 1143, 1227, 1370);
    private static final Set<Integer> MYSQL_LOCKED = Set.of(1205);
    private static final int MYSQL_WRONG_PASSWORD = 1045;
    private static final Set<Integer> ORACLE_WRONG_PASSWORD = Set.of(1017);

    private SqlFailures() {}

    /**
     * @param what was attempted, as the beginning of a sentence
     */
    static DatabaseStoreException explain(String what, SQLException e) {
        Reason reason = reason(e);
        return new DatabaseStoreException(reason, what + " failed: " + said(e) + advice(reason), e);
    }

    private static String said(SQLException e) {
        // A driver may show its URL, and that the password of a key.
        String message = Tools.masked(String.valueOf(e.getMessage()).strip());
        return message.endsWith(".") ? message : message + ".";
    }

    private static Reason reason(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        int code = e.getErrorCode();
        if (state.startsWith("28") || code == MYSQL_WRONG_PASSWORD || ORACLE_WRONG_PASSWORD.contains(code)) {
            return Reason.UNAUTHENTICATED;
        }
        if (state.equals("42501") || MYSQL_FORBIDDEN.contains(code)) {
            return Reason.FORBIDDEN;
        }
        if (state.equals("55P03") || MYSQL_LOCKED.contains(code)) {
            return Reason.LOCKED;
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return Reason.UNREACHABLE;
        }
        return Reason.OTHER;
    }

    static String advice(Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> " Look at the host, the port, the network, and whether the database runs.";
            case UNAUTHENTICATED -> " Correct the user or the password.";
            case FORBIDDEN -> " Grant the user what is missing.";
            case LOCKED -> " Somebody changes a table, such as a migration of the schema: try again later.";
            case DISK_FULL -> " Make room in the place of the dumps, or keep fewer of them.";
            case TOOL_UNFIT -> " Install the tool of the server's version, and say where it is.";
            case TABLE_MISSING,
                    WRONG_PREFIX,
                    NO_POSITIONS,
                    HALF_RESTORED,
                    NOT_EMPTY,
                    TOOL_MISSING,
                    TOOL_FAILED,
                    DIRECTORY_UNUSABLE,
                    NAME_IN_USE,
                    DUMP_RUNNING,
                    DUMP_MISSING,
                    DUMP_DAMAGED,
                    OTHER -> "";
        };
    }
}
