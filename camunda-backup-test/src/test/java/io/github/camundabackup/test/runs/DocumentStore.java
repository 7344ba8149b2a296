package io.github.camundabackup.test.runs;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A participant that this library does not know: copies of a document store, which are there as soon as the test says
 * so.
 */
final class DocumentStore implements Participant {
    static final Component COMPONENT = Component.of("DOCUMENT_STORE", "document store");

    private final Map<BackupId, BackupState> copies = new ConcurrentHashMap<>();
    private Optional<String> problem = Optional.empty();
    private CompletableFuture<Void> copied = CompletableFuture.completedFuture(null);

    /** What the examination finds. */
    void refuse(String sentence) {
        problem = Optional.of(sentence);
    }

    /** When copies are complete; fails if they fail. */
    void copied(CompletableFuture<Void> when) {
        copied = when;
    }

    void forget(BackupId backupId) {
        copies.remove(backupId);
    }

    void set(BackupId backupId, BackupState state) {
        copies.put(backupId, state);
    }

    @Override
    public Component component() {
        return COMPONENT;
    }

    @Override
    public String planText() {
        return "copy of the document store";
    }

    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        problem.ifPresent(examination::problem);
        copies.keySet().forEach(used -> examination.usedId(used, "the document store"));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        copies.put(context.backupId(), BackupState.IN_PROGRESS);
        return CompletableFuture.completedFuture(new AcceptedBackup(COMPONENT, context.backupId(), List.of(), false));
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        onProgress.accept(StepProgress.ofParts(0, 1));
        return copied.thenApply(done -> {
            copies.put(context.backupId(), BackupState.COMPLETED);
            onProgress.accept(StepProgress.ofParts(1, 1));
            return ComponentBackup.of(COMPONENT, context.backupId(), BackupState.COMPLETED);
        });
    }

    @Override
    public CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId) {
        return CompletableFuture.completedFuture(Optional.ofNullable(copies.get(backupId))
                .<BackupLookup<ComponentBackup>>map(
                        state -> new BackupLookup.Found<>(ComponentBackup.of(COMPONENT, backupId, state)))
                .orElseGet(BackupLookup.Absent::new));
    }

    @Override
    public CompletableFuture<List<ComponentBackup>> list() {
        return CompletableFuture.completedFuture(copies.entrySet().stream()
                .map(copy -> ComponentBackup.of(COMPONENT, copy.getKey(), copy.getValue()))
                .toList());
    }

    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        copies.remove(backupId);
        return CompletableFuture.completedFuture(null);
    }

    static CamundaBackupException full() {
        return new CamundaBackupException("The document store's disk is full. Make room for the copy.");
    }
}
