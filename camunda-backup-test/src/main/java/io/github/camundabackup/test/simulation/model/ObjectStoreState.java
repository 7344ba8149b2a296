package io.github.camundabackup.test.simulation.model;

/**
 * The state of Zeebe's object store. Zeebe accepts a backup (202) in each of these states; while the store does not
 * work, the backup is lost for good, and its id is used up all the same.
 */
public enum ObjectStoreState {
    /** It works. */
    UP,
    /** It refuses connections: asking about backups answers 500. */
    REFUSING,
    /** Its bucket is missing: asking about backups answers 500. */
    BUCKET_MISSING,
    /**
     * It hangs: asking about backups answers 504. The real gateway does so after 15 seconds, the simulated one at once.
     */
    HANGING
}
