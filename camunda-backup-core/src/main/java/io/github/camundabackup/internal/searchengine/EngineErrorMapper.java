package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Translates an engine's refusals. Decides by the error's type; by its text only where one type means several things.
 * Both engines share one table, as no type means different things to them. An answer with status 500 or more that the
 * table does not know leaves open whether the request had its effect; all that it knows have had none.
 */
final class EngineErrorMapper {
    private static final List<Rule> RULES = List.of(
            new Rule(
                    type("repository_missing_exception"),
                    Reason.REPOSITORY_MISSING,
                    "Register the repository with the engine, or correct its name here and in Camunda's configuration."),
            new Rule(
                    type("snapshot_name_already_in_use_exception"),
                    Reason.NAME_IN_USE,
                    "Take another name: for a backup, a higher backup id."),
            new Rule(
                    type("invalid_snapshot_name_exception", "with the same name"),
                    Reason.NAME_IN_USE,
                    "Take another name: for a backup, a higher backup id."),
            new Rule(type("invalid_snapshot_name_exception"), Reason.NAME_INVALID, "Take another name."),
            new Rule(
                    type("concurrent_snapshot_execution_exception")
                            .or(type("repository_conflict_exception"))
                            .or(type("snapshot_in_progress_exception"))
                            .or(type("illegal_state_exception", "currently used")),
                    Reason.REPOSITORY_BUSY,
                    "Wait until the other operation has ended (GET _snapshot/_status shows it), and try again."),
            new Rule(
                    type("illegal_argument_exception", "readonly repository")
                            .or(type("repository_exception", "readonly repository")),
                    Reason.REPOSITORY_READ_ONLY,
                    "Register the repository without \"readonly\" in the cluster that takes the backups."),
            new Rule(
                    EngineError::saysThatSnapshotIsMissing,
                    Reason.SNAPSHOT_MISSING,
                    "List the repository's snapshots to see which there are."),
            new Rule(
                    type("snapshot_missing_exception"),
                    Reason.REPOSITORY_UNUSABLE,
                    "The repository's catalogue names a snapshot whose files are not there. They were deleted outside of the"
                            + " engine, or restored the storage to an older state."),
            new Rule(
                    type("snapshot_restore_exception", "snapshot does not exist"),
                    Reason.SNAPSHOT_MISSING,
                    "It is not there, or not complete yet. List the repository's snapshots to see which there are."),
            new Rule(
                    type("snapshot_restore_exception", "open index with same name"),
                    Reason.INDEX_IN_THE_WAY,
                    "Delete that index first, or restore under another name."),
            new Rule(
                    type("snapshot_restore_exception", "wasn't fully snapshotted"),
                    Reason.OTHER,
                    "The snapshot is incomplete and no backup. Restore another one."),
            new Rule(
                    EngineError::saysThatIndexIsMissing,
                    Reason.NO_MATCHING_INDEX,
                    "Check the names and prefixes of the indices."),
            new Rule(
                    EngineError::saysThatOthersWriteThere,
                    Reason.REPOSITORY_UNUSABLE,
                    "Something else writes to the same place: another engine, or this one by another repository of its own (GET"
                            + " _snapshot shows them). Stop that, and register the repository again."),
            new Rule(
                    type("repository_verification_exception").or(type("repository_exception")),
                    Reason.REPOSITORY_UNUSABLE,
                    "Check the repository's storage: its existence, the credentials in the engine's keystore, the permissions, and"
                            + " that every node reaches it."),
            new Rule(
                    type("snapshot_exception", "primary shards"),
                    Reason.OTHER,
                    "Data is missing in the engine itself: bring the lost shards back (GET _cluster/allocation/explain tells why they"
                            + " are not there) before the next backup."));

    private final Dialect dialect;

    EngineErrorMapper(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Turns an answer that is not a success into the exception for callers. */
    CamundaBackupException translate(HttpAnswer answer, Privilege privilege) {
        Optional<EngineError> error = EngineError.of(answer);
        // By its type first: a block comes with 403 or 429, and is neither a missing privilege nor an overload.
        if (error.filter(EngineError::saysThatWritesAreBlocked).isPresent()) {
            return refused(
                    Reason.BLOCKED,
                    answer.rejectedAsSaid(sentence(
                            "Free disk space (GET _cat/allocation shows it) or lift the index's block (index.blocks.*),"
                                    + " and try again.")),
                    "");
        }
        if (answer.status() == 401) {
            return refused(Reason.UNAUTHENTICATED, answer.rejected(""), "");
        }
        if (answer.status() == 403) {
            return refused(Reason.FORBIDDEN, answer.rejected(""), " " + dialect.grant(privilege));
        }
        if (answer.status() == 429) {
            return answer.rejected(sentence(dialect.engineName() + " is overloaded. Try again."));
        }
        if (error.isEmpty()) {
            return answer.rejected(
                    "This is not how " + dialect.engineName() + " answers: check the URI, and the proxies between.");
        }
        return RULES.stream()
                .filter(rule -> rule.applies().test(error.get()))
                .findFirst()
                .<CamundaBackupException>map(
                        rule -> refused(rule.reason(), answer.rejected(sentence(rule.advice())), ""))
                .orElseGet(() -> answer.status() >= 500
                        ? answer.rejected(sentence("The log of " + dialect.engineName() + " may tell more."))
                        : refused(Reason.OTHER, answer.rejected(""), ""));
    }

    private static SnapshotStoreException refused(Reason reason, RequestRejectedException rejected, String advice) {
        return new SnapshotStoreException(reason, rejected.getMessage() + advice, rejected);
    }

    // The engines' own words end without a full stop.
    private static String sentence(String advice) {
        return "— " + advice;
    }

    private static Predicate<EngineError> type(String type) {
        return error -> error.is(type);
    }

    private static Predicate<EngineError> type(String type, String text) {
        return error -> error.is(type) && error.reason().contains(text);
    }

    private record Rule(Predicate<EngineError> applies, Reason reason, String advice) {}
}
