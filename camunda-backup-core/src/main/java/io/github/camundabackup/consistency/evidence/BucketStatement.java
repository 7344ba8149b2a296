package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.bucket.BucketBackup;
import java.util.Optional;

/**
 * What the object store and, beside it, a running Zeebe show of one backup.
 *
 * @param description where the store is
 * @param problem why it could not be read
 * @param backup what is in it; empty if there is nothing, or it could not be read
 * @param zeebe what a running Zeebe says; empty if none was asked
 */
public record BucketStatement(
        String description,
        Optional<String> problem,
        Optional<BucketBackup> backup,
        Optional<ComponentStatement> zeebe) {

    /** The statement that counts: of the store, which a restore reads, where it shows the backup; otherwise Zeebe's. */
    public ComponentStatement decisive() {
        return backup.<ComponentStatement>map(BucketStatement::reported)
                .or(() -> zeebe.filter(
                        said -> problem.isPresent() || said.reported().isPresent()))
                .or(() -> problem.map(ComponentStatement.Unreadable::new))
                .orElseGet(ComponentStatement.Absent::new);
    }

    private static ComponentStatement.Reported reported(BucketBackup backup) {
        return new ComponentStatement.Reported(
                backup.state(),
                Optional.empty(),
                backup.partitions().stream()
                        .flatMap(partition -> partition.best().version().stream())
                        .distinct()
                        .toList(),
                backup.partitions().stream().map(PartitionEvidence::of).toList(),
                true);
    }
}
