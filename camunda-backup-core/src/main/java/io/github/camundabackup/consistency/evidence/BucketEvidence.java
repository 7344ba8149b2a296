package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the object store shows of Zeebe's backups. Immutable.
 *
 * @param description where that is
 * @param problem why it could not be read; then there are no backups in this
 * @param backups by id
 */
public record BucketEvidence(String description, Optional<String> problem, Map<BackupId, BucketBackup> backups) {
    public BucketEvidence {
        backups = Map.copyOf(backups);
    }

    /** Of one backup. Never fails for a store that cannot be read. */
    public static CompletableFuture<BucketEvidence> about(BackupId backupId, ZeebeBackups bucket) {
        return of(
                bucket,
                bucket.find(backupId)
                        .thenApply(found -> found.<Map<BackupId, BucketBackup>>map(backup -> Map.of(backupId, backup))
                                .orElseGet(Map::of)));
    }

    /** Of all backups. Never fails for a store that cannot be read. */
    public static CompletableFuture<BucketEvidence> ofAll(ZeebeBackups bucket) {
        return of(bucket, bucket.all().thenApply(contents -> {
            Map<BackupId, BucketBackup> backups = new HashMap<>();
            contents.backups().forEach(backup -> backups.put(backup.backupId(), backup));
            return backups;
        }));
    }

    private static CompletableFuture<BucketEvidence> of(
            ZeebeBackups bucket, CompletableFuture<Map<BackupId, BucketBackup>> read) {
        Function<Map<BackupId, BucketBackup>, BucketEvidence> good =
                backups -> new BucketEvidence(bucket.description(), Optional.empty(), backups);
        return Futures.recover(
                read.thenApply(good),
                failure -> failure instanceof CamundaBackupException known
                        ? CompletableFuture.completedFuture(new BucketEvidence(
                                bucket.description(), Optional.of(String.valueOf(known.getMessage())), Map.of()))
                        : CompletableFuture.failedFuture(failure));
    }

    public Set<BackupId> ids() {
        return backups.keySet();
    }

    /**
     * What it shows of one backup.
     *
     * @param zeebe what a running Zeebe says of it; empty if none was asked
     */
    public BucketStatement about(BackupId backupId, Optional<ComponentStatement> zeebe) {
        return new BucketStatement(description, problem, Optional.ofNullable(backups.get(backupId)), zeebe);
    }
}
