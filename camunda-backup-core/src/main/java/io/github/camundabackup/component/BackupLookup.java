package io.github.camundabackup.component;

import io.github.camundabackup.error.RequestRejectedException;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer of a component that was asked for one backup. There are three answers and not two, because components
 * refuse the question (400, 500, 504) in situations in which the backup may well exist or come into being: Operate 8.6
 * on OpenSearch, for example, answers 400 for as long as its backup runs.
 *
 * @param <B> the kind of backup
 */
public sealed interface BackupLookup<B extends ComponentBackup>
        permits BackupLookup.Found, BackupLookup.Absent, BackupLookup.Unclear {

    /** The backup, if the component showed one. */
    default Optional<B> found() {
        return Optional.empty();
    }

    /** Whether the component said plainly that it has no such backup. */
    default boolean isAbsent() {
        return false;
    }

    /** The component's refusal, if it did not answer the question. */
    default Optional<RequestRejectedException> unclear() {
        return Optional.empty();
    }

    /**
     * The component showed the backup.
     *
     * @param backup as the component describes it
     */
    record Found<B extends ComponentBackup>(B backup) implements BackupLookup<B> {
        public Found {
            Objects.requireNonNull(backup, "backup");
        }

        @Override
        public Optional<B> found() {
            return Optional.of(backup);
        }
    }

    /** The component has no such backup; right after one was accepted, it has none <em>yet</em>. */
    record Absent<B extends ComponentBackup>() implements BackupLookup<B> {
        @Override
        public boolean isAbsent() {
            return true;
        }
    }

    /**
     * The component did not say.
     *
     * @param refusal what it said instead
     */
    record Unclear<B extends ComponentBackup>(RequestRejectedException refusal) implements BackupLookup<B> {
        public Unclear {
            Objects.requireNonNull(refusal, "refusal");
        }

        @Override
        public Optional<RequestRejectedException> unclear() {
            return Optional.of(refusal);
        }
    }
}
