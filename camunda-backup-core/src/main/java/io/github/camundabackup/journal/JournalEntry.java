package io.github.camundabackup.journal;

import java.util.Objects;

/**
 * The present entry of a journal: its text and its version.
 *
 * @param text what was written
 * @param version which writing it is, in the journal's own words; every write makes another one
 */
public record JournalEntry(String text, String version) {
    public JournalEntry {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(version, "version");
    }
}
