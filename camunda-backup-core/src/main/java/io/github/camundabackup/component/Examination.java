package io.github.camundabackup.component;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.util.Set;

/**
 * The examination of a cluster before a backup: gives participants what they may know, and takes what they found.
 * Thread-safe.
 */
public interface Examination {
    /** The id that the backup will have. */
    BackupId backupId();

    /** The cluster's line. */
    CamundaLine line();

    /** Everything that will be backed up. */
    Set<Component> components();

    /**
     * Something that forbids the backup.
     *
     * @param sentence what is wrong, where, and what would be right
     */
    void problem(String sentence);

    /**
     * Something that an operator should know, although it forbids nothing.
     *
     * @param sentence what, and what to do
     */
    void warning(String sentence);

    /**
     * An id that is used already; the backup's must be higher.
     *
     * @param knownTo the source that knows it, as the subject of a sentence
     */
    void usedId(BackupId used, String knownTo);
}
