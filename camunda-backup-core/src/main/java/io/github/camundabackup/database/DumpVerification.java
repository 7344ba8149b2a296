package io.github.camundabackup.database;

import java.util.List;
import java.util.Objects;

/**
 * What came out when a dump was read and compared with its manifest.
 *
 * @param backup what the manifest says
 * @param problems what is not as it says, as sentences; none if the dump is as it was written
 */
public record DumpVerification(DatabaseBackup backup, List<String> problems) {
    public DumpVerification {
        Objects.requireNonNull(backup, "backup");
        problems = List.copyOf(problems);
    }

    /** Whether the dump is as it was written. */
    public boolean isGood() {
        return problems.isEmpty();
    }
}
