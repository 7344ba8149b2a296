package io.github.camundabackup.internal.contents;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.snapshot.IndexInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The indices of a cluster that a backup should hold and does not. An index that was made after the backup was begun is
 * none of them: what is in it is younger, or was in another one then.
 *
 * @param missing of a kind that is in the backup, so that they are the cluster's beyond doubt
 * @param unclear of no kind that is in the backup: another cluster's, or left by an earlier version, or missing too
 */
public record Coverage(List<IndexInfo> missing, List<IndexInfo> unclear) {
    public Coverage {
        missing = List.copyOf(missing);
        unclear = List.copyOf(unclear);
    }

    /**
     * @param there what begins as the cluster's indices do
     */
    public static Coverage of(BackupContents contents, IndexKinds kinds, List<IndexInfo> there) {
        Set<String> covered = contents.union();
        Set<String> known = covered.stream().map(kinds::kind).collect(Collectors.toSet());
        List<IndexInfo> missing = new ArrayList<>();
        List<IndexInfo> unclear = new ArrayList<>();
        for (IndexInfo index : there) {
            if (!covered.contains(index.name())
                    && !kinds.isWorthless(index.name())
                    && isOlder(index, contents.begunAt())) {
                boolean own = known.contains(kinds.kind(index.name())) || kinds.isRecord(index.name());
                (own ? missing : unclear).add(index);
            }
        }
        return new Coverage(missing, unclear);
    }

    /**
     * Sentences on what is missing.
     *
     * @param found of which at least one is missing
     * @param defects sentences on what the version is known to leave out
     */
    public static String describe(IndexCoverage found, List<String> defects) {
        boolean one = found.missing() == 1;
        return "In no snapshot " + (one ? "is " : "are ") + Phrases.count(found.missing(), "index", "indices")
                + " of the cluster that " + (one ? "was" : "were") + " there before the backup began"
                + (found.indices().isEmpty() ? "" : ": " + Phrases.some(found.indices())) + "."
                + defects.stream().map(defect -> " " + defect).collect(Collectors.joining());
    }

    /** Whether a backup that was begun then should hold an index; also if that is not known. */
    public static boolean isOlder(IndexInfo index, Optional<Instant> begunAt) {
        return begunAt.isEmpty()
                || index.created().isEmpty()
                || index.created().get().isBefore(begunAt.get());
    }
}
