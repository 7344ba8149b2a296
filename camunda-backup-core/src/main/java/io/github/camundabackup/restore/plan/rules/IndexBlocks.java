package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.text.Phrases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What blocks on indices mean for a restore. A block is part of an index's settings, and of a snapshot of it. */
public final class IndexBlocks {
    private static final String BLOCKS = "index.blocks.";
    private static final List<String> AGAINST_DELETION = List.of(BLOCKS + "read_only", BLOCKS + "metadata");

    private IndexBlocks() {}

    /**
     * A warning of indices that take no writes; empty if all do.
     *
     * @param settings of each index, by whole names
     */
    public static Optional<String> warning(Map<String, Map<String, String>> settings) {
        return named(settings, setting -> true)
                .map(blocked -> "Restored with a block, so that nothing can write there: " + blocked
                        + ". Lift it before Camunda is started, or leave it out of the restore"
                        + " (RestoreSettings.ignoreIndexSettings).");
    }

    /** Which of the indices cannot be deleted, and by what; empty if all can. */
    static Optional<String> againstDeletion(Map<String, Map<String, String>> settings) {
        return named(settings, AGAINST_DELETION::contains);
    }

    private static Optional<String> named(Map<String, Map<String, String>> settings, Predicate<String> wanted) {
        List<String> blocked = settings.entrySet().stream()
                .flatMap(index -> index.getValue().entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith(BLOCKS)
                                && setting.getValue().equals("true")
                                && wanted.test(setting.getKey()))
                        .map(setting -> index.getKey() + " (" + setting.getKey() + ")"))
                .sorted()
                .toList();
        return blocked.isEmpty() ? Optional.empty() : Optional.of(Phrases.some(blocked));
    }
}
