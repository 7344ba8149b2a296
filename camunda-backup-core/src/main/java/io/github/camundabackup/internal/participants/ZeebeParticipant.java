package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.component.ZeebeClient;
import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Zeebe, all partitions, with an id that is not Zeebe's own. */
final class ZeebeParticipant extends ClientParticipant<ZeebeBackup> {
    /** A daily schedule, and an hour for it to be late. */
    private static final Duration LONGEST_USUAL_INTERVAL = Duration.ofHours(25);

    private final ZeebeClient zeebe;
    private final boolean tellsCheckpoints;
    private final TimeSource time;

    /**
     * @param tellsCheckpoints whether it may do so
     */
    ZeebeParticipant(ZeebeClient zeebe, boolean tellsCheckpoints, TimeSource time) {
        super(zeebe, "Zeebe, all partitions");
        this.zeebe = zeebe;
        this.tellsCheckpoints = tellsCheckpoints;
        this.time = time;
    }

    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        CompletableFuture<Void> listed = super.examine(examination);
        return tellsCheckpoints ? listed.thenCompose(done -> checkpoints(examination)) : listed;
    }

    private CompletableFuture<Void> checkpoints(Examination examination) {
        return zeebe.checkpoints().handle((state, error) -> {
            if (error == null) {
                judge(state, examination);
            } else if (!(Futures.unwrap(error) instanceof RequestRejectedException refusal
                    && (refusal.status() == 400 || refusal.status() == 404))) {
                // As 8.8 refuses, which looks the same from outside, but has none of its own.
                examination.warning(
                        "It is not known whether Zeebe makes checkpoints by itself, and then refuses the id of this"
                                + " backup: " + Futures.unwrap(error).getMessage());
            }
            return null;
        });
    }

    private void judge(CheckpointState state, Examination examination) {
        state.newest()
                .values()
                .forEach(checkpoint ->
                        examination.usedId(BackupId.of(checkpoint.id()), "the latest checkpoint of Zeebe"));
        Stream.of(state.newest(), state.newestBackups())
                .flatMap(newest -> newest.entrySet().stream())
                .filter(entry -> entry.getValue().type().isAutomatic())
                .max(Comparator.comparingLong(entry -> entry.getValue().id()))
                .ifPresent(newest -> judge(newest.getKey(), newest.getValue(), examination));
    }

    /** It stays the newest one, though no more are made, until a backup is asked for. */
    private void judge(int partition, Checkpoint automatic, Examination examination) {
        String sentences = describe(partition, automatic);
        Instant since = time.now().minus(LONGEST_USUAL_INTERVAL);
        if (automatic.time().filter(at -> at.isBefore(since)).isPresent()) {
            examination.warning(sentences + " As that is more than a day ago, the backup goes on.");
        } else {
            examination.problem(sentences);
        }
    }

    private String describe(int partition, Checkpoint automatic) {
        return this + " makes checkpoints by itself: the latest one of partition " + partition + " is "
                + automatic.id() + automatic.time().map(at -> ", of " + at).orElse("")
                + ". While it takes continuous or scheduled backups, or has a checkpoint interval, it refuses ids that"
                + " it did not generate, such as that of this backup. Switch that off in the brokers"
                + " (camunda.data.primary-storage.backup: continuous, schedule, checkpoint-interval); it is not"
                + " supported with Elasticsearch or OpenSearch as secondary storage. If it is off by now, have Zeebe"
                + " alone take a backup with the time in milliseconds as its id, which is its latest checkpoint then.";
    }
}
