package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.SimulatedBucket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a simulated cluster.
 *
 * @param line which components there are, and at which endpoints
 * @param version as it appears in the names of snapshots
 * @param engine whose quirks the web applications have
 * @param partitions how many
 * @param webApplicationParts how many snapshots a backup of the web applications has, from 8.8
 * @param repository the snapshot repository of the web applications; empty if none is configured
 * @param standaloneBackups whether the standalone application takes the web applications' backups, and these have no
 *     repository configured
 * @param hasOptimize whether there is an Optimize
 * @param indexPrefix what the names of the indices of the web applications and of the records begin with; empty for
 *     nothing
 * @param optimizeIndexPrefix what the names of Optimize's indices begin with
 * @param hasBackupStore whether Zeebe has an object store for backups
 * @param generatesIds whether Zeebe makes its own backup ids
 * @param hasQuirks whether the components behave as oddly as real ones
 * @param durations how long the backup of each component takes
 * @param settling how long a component does not know of a backup that it has just accepted, and of a deletion
 * @param longPause the pause of {@code BackupFate.PAUSES_INCOMPLETE}
 * @param hasWebSessions whether there is an index of the web applications' sessions
 * @param backsUpWebSessions whether backups hold it
 * @param bucket where Zeebe's backups are written to besides; empty if nowhere
 */
public record ClusterSettings(
        CamundaLine line,
        String version,
        SearchEngine engine,
        int partitions,
        int webApplicationParts,
        Optional<String> repository,
        boolean standaloneBackups,
        boolean hasOptimize,
        String indexPrefix,
        String optimizeIndexPrefix,
        boolean hasBackupStore,
        boolean generatesIds,
        boolean hasQuirks,
        Map<Component, Duration> durations,
        Duration settling,
        Duration longPause,
        boolean hasWebSessions,
        boolean backsUpWebSessions,
        Optional<SimulatedBucket> bucket) {

    /** Whether the web applications are a part of the process that is Zeebe. */
    public boolean isOrchestrationCluster() {
        return line.component(Component.WEB_APPLICATIONS).isPresent();
    }

    /** Whether backups can also be asked for with the REST API. */
    boolean hasRestApi() {
        return line.component(Component.ZEEBE).flatMap(LineComponent::restPath).isPresent();
    }

    /** Whether a component of this cluster imports exported records. */
    boolean hasImporters() {
        return line.components().stream()
                .anyMatch(component -> component.importsRecords()
                        && (hasOptimize || !component.component().equals(Component.OPTIMIZE)));
    }

    /** The repository that the web applications themselves are configured with. */
    Optional<String> historyRepository() {
        return standaloneBackups ? Optional.empty() : repository;
    }

    /** The actuator endpoint of a component's backups. */
    String path(Component component) {
        return line.component(component).flatMap(LineComponent::path).orElseThrow();
    }

    Duration duration(Component component) {
        return Objects.requireNonNull(durations.get(component));
    }

    /** Nothing, where there are no quirks. */
    Duration quirk(Duration duration) {
        return hasQuirks ? duration : Duration.ZERO;
    }

    /** Whether the cluster's version is the given one of Camunda 8, or a later one. */
    boolean isAtLeast(int minor) {
        String[] numbers = version.split("[.-]", -1);
        try {
            return numbers.length > 1 && Integer.parseInt(numbers[1]) >= minor;
        } catch (NumberFormatException notCamundasNumbering) {
            return false;
        }
    }
}
