package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.util.List;
import java.util.Locale;

/** What the tools of PostgreSQL, MariaDB and MySQL mean by what they say. */
final class ToolFailures {
    private static final List<Sign> SIGNS = List.of(
            new Sign("no space left on device", Reason.DISK_FULL),
            new Sign("disk quota exceeded", Reason.DISK_FULL),
            new Sign("errcode: 28", Reason.DISK_FULL),
            new Sign("server version mismatch", Reason.TOOL_UNFIT),
            new Sign("unsupported version", Reason.TOOL_UNFIT),
            new Sign("password authentication failed", Reason.UNAUTHENTICATED),
            new Sign("no password supplied", Reason.UNAUTHENTICATED),
            new Sign("no pg_hba.conf entry", Reason.UNAUTHENTICATED),
            new Sign("error: 1045", Reason.UNAUTHENTICATED),
            new Sign("error 1045", Reason.UNAUTHENTICATED),
            new Sign("canceling statement due to lock timeout", Reason.LOCKED),
            // What pg_dump's own limit for locks is made of.
            new Sign("canceling statement due to statement timeout", Reason.LOCKED),
            new Sign("lock wait timeout exceeded", Reason.LOCKED),
            new Sign("permission denied", Reason.FORBIDDEN),
            new Sign("must be owner of", Reason.FORBIDDEN),
            new Sign("command denied to user", Reason.FORBIDDEN),
            new Sign("access denied", Reason.FORBIDDEN),
            new Sign("could not connect to server", Reason.UNREACHABLE),
            new Sign("connection to server", Reason.UNREACHABLE),
            new Sign("server closed the connection", Reason.UNREACHABLE),
            new Sign("terminating connection", Reason.UNREACHABLE),
            new Sign("lost connection", Reason.UNREACHABLE),
            new Sign("server has gone away", Reason.UNREACHABLE),
            new Sign("can't connect to", Reason.UNREACHABLE),
            new Sign("unknown server host", Reason.UNREACHABLE));

    private ToolFailures() {}

    /**
     * @param text in small letters
     */
    private record Sign(String text, Reason reason) {}

    static Reason reason(String output) {
        String text = output.toLowerCase(Locale.ROOT);
        return SIGNS.stream()
                .filter(sign -> text.contains(sign.text()))
                .map(Sign::reason)
                .findFirst()
                .orElse(Reason.TOOL_FAILED);
    }
}
