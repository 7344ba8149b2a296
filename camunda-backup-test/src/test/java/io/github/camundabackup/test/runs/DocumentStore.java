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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A participant that this library does not know: copies of a document store, which are there as soon as the test says
 * so.
 */
final class DocumentStore implements Participant {
    static final Component COMPONENT = Component.of("DOCUMENT_STORE", "document store");

    private final Map<BackupId, BackupState> copies = new ConcurrentHashMap<>();
    private Optional<String> problem = Optional.empty();
    private BackupState end = BackupState.COMPLETED;
    private Optional<Misbehaviour> misbehaviour = Optional.empty();
    private CompletableFuture<Void> copied = CompletableFuture.completedFuture(null);

    /** What the examination finds. */
    void refuse(String sentence) {
        problem = Optional.of(sentence);
    }

    /** When copies are complete; fails if they fail. */
    void copied(CompletableFuture<Void> when) {
        copied = when;
    }

    /** How copies are said to be when the wait for them is over. */
    void endsAs(BackupState state) {
        end = state;
    }

    /** From now on this method breaks the rules of the interface in this way. */
    void misbehave(Method method, Fault fault) {
        misbehaviour = Optional.of(new Misbehaviour(method, fault));
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
        return answer(Method.EXAMINE, () -> {
            problem.ifPresent(examination::problem);
            copies.keySet().forEach(used -> examination.usedId(used, "the document store"));
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        return answer(Method.START, () -> {
            copies.put(context.backupId(), BackupState.IN_PROGRESS);
            return CompletableFuture.completedFuture(
                    new AcceptedBackup(COMPONENT, context.backupId(), List.of(), false));
        });
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        return answer(Method.FOLLOW, () -> {
            onProgress.accept(StepProgress.ofParts(0, 1));
            return copied.thenApply(done -> {
                copies.put(context.backupId(), BackupState.COMPLETED);
                onProgress.accept(StepProgress.ofParts(1, 1));
                return ComponentBackup.of(COMPONENT, context.backupId(), end);
            });
        });
    }

    @Override
    public CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId) {
        return answer(Method.GET, () -> {
            return CompletableFuture.completedFuture(Optional.ofNullable(copies.get(backupId))
                    .<BackupLookup<ComponentBackup>>map(
                            state -> new BackupLookup.Found<>(ComponentBackup.of(COMPONENT, backupId, state)))
                    .orElseGet(BackupLookup.Absent::new));
        });
    }

    @Override
    public CompletableFuture<List<ComponentBackup>> list() {
        return answer(Method.LIST, () -> {
            return CompletableFuture.completedFuture(copies.entrySet().stream()
                    .map(copy -> ComponentBackup.of(COMPONENT, copy.getKey(), copy.getValue()))
                    .toList());
        });
    }

    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        copies.remove(backupId);
        return CompletableFuture.completedFuture(null);
    }

    private <T> CompletableFuture<T> answer(Method method, Supplier<CompletableFuture<T>> good) {
        return misbehaviour.filter(wrong -> wrong.method() == method).isPresent()
                ? misbehaviour.get().fault().answer()
                : good.get();
    }

    static CamundaBackupException full() {
        return new CamundaBackupException("The document store's disk is full. Make room for the copy.");
    }

    /** The methods of a participant that are called in a run or a check. */
    enum Method {
        EXAMINE,
        START,
        FOLLOW,
        GET,
        LIST
    }

    /** What a method must not do. */
    enum Fault {
        THROWS {
            @Override
            <T> CompletableFuture<T> answer() {
                throw new IllegalStateException("not like this");
            }
        },
        RETURNS_NULL {
            @Override
            @SuppressWarnings("NullAway")
            <T> CompletableFuture<T> answer() {
                return null;
            }
        },
        ANSWERS_NULL {
            @Override
            @SuppressWarnings("NullAway")
            <T> CompletableFuture<T> answer() {
                return CompletableFuture.completedFuture(null);
            }
        },
        FAILS_WITH_ITS_OWN_EXCEPTION {
            @Override
            <T> CompletableFuture<T> answer() {
                return CompletableFuture.failedFuture(new IOException("not like this"));
            }
        },
        IS_CANCELLED {
            @Override
            <T> CompletableFuture<T> answer() {
                return CompletableFuture.failedFuture(new CancellationException());
            }
        },
        NEVER_ANSWERS {
            @Override
            <T> CompletableFuture<T> answer() {
                return new CompletableFuture<>();
            }
        };

        abstract <T> CompletableFuture<T> answer();
    }

    private record Misbehaviour(Method method, Fault fault) {}
}
