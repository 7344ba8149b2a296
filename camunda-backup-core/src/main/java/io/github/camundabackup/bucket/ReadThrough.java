package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupId;
import java.util.List;
import java.util.Objects;

/**
 * What came out when every file of a backup was read through.
 *
 * @param backupId the backup
 * @param files how many files were read
 * @param bytes how many bytes, as they are stored
 * @param compared how many files had a checksum in the store that could be compared
 * @param problems files that could not be read through, or are not what the store says of them
 */
public record ReadThrough(BackupId backupId, int files, long bytes, int compared, List<Problem> problems) {
    public ReadThrough {
        Objects.requireNonNull(backupId, "backupId");
        problems = List.copyOf(problems);
    }

    /** Whether every file could be read, as long as it should be and with the checksum that the store has of it. */
    public boolean isGood() {
        return problems.isEmpty();
    }

    /**
     * A file that cannot be trusted.
     *
     * @param key the file
     * @param what what is wrong with it
     */
    public record Problem(String key, String what) {}

    /**
     * How far the reading is.
     *
     * @param filesDone files that were read
     * @param files all files
     * @param bytesDone bytes that were read
     * @param bytes all bytes
     */
    public record Progress(int filesDone, int files, long bytesDone, long bytes) {}
}
