package io.github.camundabackup.consistency;

import io.github.camundabackup.model.Component;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The summary of one component's part of a backup in a report.
 *
 * @param component which
 * @param expected whether it belongs to the backup
 * @param partsFound how many snapshots or partitions there are
 * @param partsExpected how many there should be, as far as known
 * @param versions its versions; normally one, and none for the exported records
 * @param startedAt when the first part was begun, by the clock of the server that made it
 * @param endedAt when the last one ended; empty for Zeebe, which does not report it
 */
public record ComponentSummary(
        Component component,
        boolean expected,
        int partsFound,
        OptionalInt partsExpected,
        List<String> versions,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {
    public ComponentSummary {
        Objects.requireNonNull(component, "component");
        versions = List.copyOf(versions);
    }
}
