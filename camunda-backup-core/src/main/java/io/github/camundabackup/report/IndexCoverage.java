package io.github.camundabackup.report;

import java.util.List;

/**
 * Whether the snapshots of a backup hold all indices that the cluster had when it began, as its run found when they
 * were there.
 *
 * @param missing how many indices are in no snapshot; 0 if none is missing
 * @param indices their names; only the first of them where there is no room for all
 */
public record IndexCoverage(int missing, List<String> indices) {
    public IndexCoverage {
        indices = List.copyOf(indices);
        if (missing < indices.size()) {
            throw new IllegalArgumentException(
                    "These are " + indices.size() + " missing indices, but " + missing + " was given.");
        }
    }

    /** Of all that are missing. */
    public static IndexCoverage of(List<String> missing) {
        return new IndexCoverage(missing.size(), missing);
    }
}
