package io.github.camundabackup.component;

import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.model.BackupId;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The requests for the backups of one component, and the meaning of its answers. One request for one question: waiting,
 * and settling a lost reply, are done by {@link BackupEndpoint} for every API. Failures are those of the call.
 *
 * @param <B> the kind of backup that the component makes
 */
interface BackupApi<B extends ComponentBackup> {
    /** The component's base URI. */
    URI uri();

    /** Asks for a backup. Sent once. */
    CompletableFuture<TakeReply> take(BackupId backupId);

    /** Asks for a backup whose id the component chooses. Sent once. */
    CompletableFuture<AcceptedBackup> takeWithGeneratedId();

    CompletableFuture<BackupLookup<B>> get(BackupId backupId);

    /** Hands over all backups as they arrive; with none of them in memory, and no limit to how many there are. */
    CompletableFuture<Void> list(Consumer<? super B> consumer);

    /** Deletes a backup; deleting what is not there is a success. */
    CompletableFuture<Void> delete(BackupId backupId);

    /** What Zeebe says of its checkpoints; no other component has any. */
    CompletableFuture<CheckpointState> checkpoints();

    /** As {@link #checkpoints}, and has Zeebe write it to its object store. */
    CompletableFuture<CheckpointState> writeCheckpoints();

    /** What a component answers when it is asked for a backup. */
    sealed interface TakeReply {
        /** It takes the backup. */
        record Accepted(AcceptedBackup backup) implements TakeReply {}

        /** It says plainly that the id is used. */
        record IdInUse(BackupIdInUseException failure) implements TakeReply {}

        /**
         * It refuses with a status that has several meanings, that the id is used among them: it is, if the component
         * shows a backup of that id.
         *
         * @param rejection the failure if it does not
         * @param inUse the failure if it does
         */
        record MaybeInUse(RequestRejectedException rejection, BackupIdInUseException inUse) implements TakeReply {}
    }
}
