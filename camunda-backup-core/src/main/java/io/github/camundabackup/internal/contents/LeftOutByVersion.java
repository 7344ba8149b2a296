package io.github.camundabackup.internal.contents;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LeftOutIndices;
import io.github.camundabackup.model.SnapshotName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tables of the lines know of versions that leave indices out of their backups by mistake. */
public final class LeftOutByVersion {
    private LeftOutByVersion() {}

    /**
     * Sentences on each defect that a version has which made snapshots.
     *
     * @param contents what the snapshots hold, if that is known: a backup that holds such indices is of a build without
     *     the defect
     */
    public static List<String> of(
            Collection<SnapshotName> snapshots, CamundaLines lines, Optional<BackupContents> contents) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.version().stream()
                        .flatMap(version -> of(snapshot, version, lines)
                                .filter(indices -> contents.isEmpty()
                                        || !contents.get().hasAny(snapshot.component(), indices.indices(), lines))
                                .map(indices -> "Version " + version + " of the "
                                        + snapshot.component().displayName() + " "
                                        + indices.defect().consequence())))
                .distinct()
                .toList();
    }

    private static Stream<LeftOutIndices> of(SnapshotName snapshot, String version, CamundaLines lines) {
        return lines.ofVersion(version).stream()
                .flatMap(line -> line.component(snapshot.component()).stream())
                .flatMap(component -> component.leftOut(version).stream());
    }
}
