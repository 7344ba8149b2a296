package io.github.camundabackup.database;

import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * How far Zeebe had exported one partition to a database: a row of {@code EXPORTER_POSITION}.
 *
 * @param partitionId from 1
 * @param position of the last record that was exported; negative if none was, which Camunda's restore takes for 1
 * @param exporter its name in Zeebe's configuration; may be empty
 * @param lastUpdated by the broker's wall clock, in its own zone, which the table does not name
 */
public record ExporterPosition(int partitionId, long position, String exporter, Optional<LocalDateTime> lastUpdated) {
    public ExporterPosition {
        Objects.requireNonNull(exporter, "exporter");
        Objects.requireNonNull(lastUpdated, "lastUpdated");
    }

    /** Whether anything of this partition was exported. */
    public boolean hasExported() {
        return position >= 0;
    }
}
