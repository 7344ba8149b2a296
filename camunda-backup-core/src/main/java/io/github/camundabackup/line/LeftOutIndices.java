package io.github.camundabackup.line;

import java.util.Objects;

/**
 * Indices that some versions of a component leave out of their backups by mistake.
 *
 * @param defect the versions, and what is lost
 * @param indices a regular expression for what follows the prefix in their names
 */
public record LeftOutIndices(KnownDefect defect, String indices) {
    public LeftOutIndices {
        Objects.requireNonNull(defect, "defect");
        Objects.requireNonNull(indices, "indices");
    }
}
