package io.github.camundabackup.model;

import java.io.Serializable;
import java.time.Instant;

/**
 * The number under which every part of one backup is stored. Camunda demands that ids grow: Zeebe refuses an id that is
 * not higher than its latest one, even after that one was deleted. The recommended id is the Unix time in seconds.
 *
 * @param value the id, greater than zero
 * @see <a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/backup-and-restore/">
 *     Camunda: back up and restore</a>
 */
public record BackupId(long value) implements Comparable<BackupId>, Serializable {

    // The Unix time in milliseconds passed this in 2001; in seconds it does so in the year 33658.
    private static final long SMALLEST_MILLISECONDS = 1_000_000_000_000L;

    /**
     * @throws IllegalArgumentException if {@code value} is not greater than zero
     */
    public BackupId {
        if (value <= 0) {
            throw new IllegalArgumentException("A backup id must be greater than 0, but was " + value
                    + ". The Unix time in seconds makes a good one.");
        }
    }

    /**
     * The given number as an id.
     *
     * @throws IllegalArgumentException if {@code value} is not greater than zero
     */
    public static BackupId of(long value) {
        return new BackupId(value);
    }

    /**
     * Reads an id as an operator would type it.
     *
     * @throws IllegalArgumentException if the text is not a whole number greater than zero
     */
    public static BackupId parse(String text) {
        try {
            return new BackupId(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "A backup id must be a whole number greater than 0, but was \"" + text + "\".", e);
        }
    }

    /** The recommended id for a backup that is taken at the given time: the Unix time in seconds. */
    public static BackupId ofEpochSecond(Instant time) {
        return new BackupId(time.getEpochSecond());
    }

    /**
     * Whether this id has the size of a Unix time in milliseconds, as the ids have that Camunda 8.9+ generates. After
     * one of those, an id in seconds is lower, and Zeebe refuses it.
     */
    public boolean looksLikeMilliseconds() {
        return value >= SMALLEST_MILLISECONDS;
    }

    @Override
    public int compareTo(BackupId other) {
        return Long.compare(value, other.value);
    }

    /** The bare number. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
