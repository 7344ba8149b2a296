package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.io.IOException;

/** What failures of the place of the dumps mean. */
final class FileFailures {
    private FileFailures() {}

    /**
     * @param what was attempted, as the beginning of a sentence
     */
    static DatabaseStoreException explain(String what, IOException e) {
        return ToolFailures.reason(String.valueOf(e.getMessage())) == Reason.DISK_FULL
                ? new DatabaseStoreException(
                        Reason.DISK_FULL,
                        what + " failed: " + e + ". The place of the dumps is full: make room, or keep fewer dumps.",
                        e)
                : new DatabaseStoreException(
                        Reason.DIRECTORY_UNUSABLE,
                        what + " failed: " + e
                                + ". This process must be able to read and write the place of the dumps.",
                        e);
    }
}
