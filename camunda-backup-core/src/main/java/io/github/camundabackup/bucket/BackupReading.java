package io.github.camundabackup.bucket;

import io.github.camundabackup.bucket.ReadThrough.Problem;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all files of one backup, one after the other. Used once. */
final class BackupReading {
    private static final Logger LOG = LoggerFactory.getLogger(BackupReading.class);

    private final StoreCalls calls;
    private final TimeSource time;
    private final String place;
    private final BackupId backupId;
    private final OptionalLong bytesPerSecond;
    private final Consumer<ReadThrough.Progress> progress;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Problem> problems = new ArrayList<>();
    private long bytesDone;
    private int compared;

    BackupReading(
            StoreCalls calls,
            TimeSource time,
            String place,
            BackupId backupId,
            OptionalLong bytesPerSecond,
            Consumer<ReadThrough.Progress> progress) {
        this.calls = calls;
        this.time = time;
        this.place = place;
        this.backupId = backupId;
        this.bytesPerSecond = bytesPerSecond;
        this.progress = read -> {
            try {
                progress.accept(read);
            } catch (Throwable failure) {
                LOG.warn("What hears of the reading of backup {} failed", backupId, failure);
            }
        };
    }

    CompletableFuture<ReadThrough> read(CompletableFuture<Optional<BucketBackup>> found) {
        CompletableFuture<ReadThrough> result = found.thenCompose(backup -> backup.map(this::files)
                        .orElseGet(() -> CompletableFuture.failedFuture(new CamundaBackupException(
                                "There is nothing of backup " + backupId + " in the " + place + "."))))
                .thenCompose(files -> readFrom(
                                files,
                                0,
                                files.stream().mapToLong(StoredObject::size).sum())
                        .thenApply(all -> new ReadThrough(backupId, files.size(), bytesDone, compared, problems)));
        result.whenComplete((done, error) -> stopped.set(true));
        return result;
    }

    private CompletableFuture<List<StoredObject>> files(BucketBackup backup) {
        List<StoredObject> files = new ArrayList<>();
        CompletableFuture<Void> listed = CompletableFuture.completedFuture(null);
        for (BucketPartition partition : backup.partitions()) {
            if (!partition.isRestorable()) {
                problems.add(new Problem(
                        partition.best().manifest(),
                        "partition " + partition.partitionId() + " cannot be restored from it"));
            }
            for (PartitionCopy copy : partition.completed()) {
                listed = listed.thenCompose(before -> list(contents(copy.manifest()), Optional.empty(), files));
            }
        }
        return listed.thenApply(all -> files);
    }

    private static String contents(String manifest) {
        String folder = manifest.substring(0, manifest.lastIndexOf('/') + 1);
        return folder.startsWith(BucketKey.MANIFESTS)
                ? BucketKey.CONTENTS + folder.substring(BucketKey.MANIFESTS.length())
                : folder;
    }

    private CompletableFuture<Void> list(String folder, Optional<String> page, List<StoredObject> files) {
        return calls.list(folder, page).thenCompose(listed -> {
            listed.objects().stream()
                    .filter(object -> BucketKey.parse(object.key())
                            .flatMap(BucketKey::file)
                            .isPresent())
                    .forEach(files::add);
            return listed.next().isEmpty()
                    ? CompletableFuture.<Void>completedFuture(null)
                    : list(folder, listed.next(), files);
        });
    }

    private CompletableFuture<Void> readFrom(List<StoredObject> files, int index, long bytes) {
        if (index == files.size() || stopped.get()) {
            return CompletableFuture.completedFuture(null);
        }
        // A listing does not show every checksum that there is.
        return Futures.recover(
                        calls.head(files.get(index).key()),
                        failure -> failure instanceof CamundaBackupException
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : CompletableFuture.failedFuture(failure))
                .thenCompose(head -> {
                    StoredObject file = head.orElse(files.get(index));
                    if (file.checksum().flatMap(Checksum::parse).isPresent()) {
                        compared++;
                    }
                    return new FileReading(
                                    calls,
                                    time,
                                    file,
                                    bytesPerSecond,
                                    more -> {
                                        bytesDone += more;
                                        progress.accept(
                                                new ReadThrough.Progress(index, files.size(), bytesDone, bytes));
                                    },
                                    stopped::get)
                            .run()
                            .thenAccept(
                                    problem -> problem.ifPresent(what -> problems.add(new Problem(file.key(), what))));
                })
                .thenCompose(done -> {
                    progress.accept(new ReadThrough.Progress(index + 1, files.size(), bytesDone, bytes));
                    return readFrom(files, index + 1, bytes);
                });
    }
}
