package io.github.camundabackup.test.assertion;

import io.github.camundabackup.consistency.ConsistencyReport;

/**
 * Entry points of the assertions.
 *
 * <pre>{@code
 * assertThat(client.consistency().check(backupId).join()).isConsistent();
 * }</pre>
 */
public final class BackupAssertions {
    private BackupAssertions() {}

    /** Asserts what a check has found. */
    public static ConsistencyReportAssert assertThat(ConsistencyReport report) {
        return new ConsistencyReportAssert(report);
    }
}
