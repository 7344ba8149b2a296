package io.github.camundabackup.internal.contents;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The names of the indices in the snapshots of one backup. Immutable.
 *
 * @param indices those of each snapshot whose indices are known
 * @param begunAt when the first of the snapshots was begun, by the engine's clock; empty if one does not say
 * @param unknown why it is not known what a snapshot holds that is a success, each as a sentence
 */
public record BackupContents(Map<SnapshotName, List<String>> indices, Optional<Instant> begunAt, List<String> unknown) {
    private static final String DATA_STREAM = ".ds-";
    private static final String CUT =
            "has shards, and the answer about it names no indices: something between here and the engine has cut it.";

    public BackupContents {
        indices = Collections.unmodifiableMap(new LinkedHashMap<>(indices));
        unknown = List.copyOf(unknown);
    }

    /** Without what is known of the snapshots themselves. */
    public static BackupContents of(Map<SnapshotName, List<String>> indices) {
        return new BackupContents(indices, Optional.empty(), List.of());
    }

    /**
     * Reads what snapshots hold; one that is no success, or not there, is passed over.
     *
     * @return never fails for a snapshot that cannot be read
     */
    public static CompletableFuture<BackupContents> read(Collection<SnapshotName> snapshots, SnapshotStore store) {
        CompletableFuture<List<Read>> together = store.getAll(
                        snapshots.stream().map(SnapshotName::toString).toList())
                .thenApply(found -> snapshots.stream()
                        .map(name -> Read.of(name, Optional.ofNullable(found.get(name.toString()))))
                        .toList());
        return Futures.recover(
                        together,
                        error -> error instanceof CamundaBackupException
                                ? Futures.all(snapshots.stream()
                                        .map(name -> read(name, store))
                                        .toList())
                                : CompletableFuture.failedFuture(error))
                .thenApply(BackupContents::of);
    }

    private static CompletableFuture<Read> read(SnapshotName name, SnapshotStore store) {
        return Futures.recover(
                store.get(name.toString()).thenApply(found -> Read.of(name, found)),
                error -> error instanceof CamundaBackupException known
                        ? CompletableFuture.completedFuture(
                                new Read(name, Optional.empty(), Optional.of(String.valueOf(known.getMessage()))))
                        : CompletableFuture.failedFuture(error));
    }

    private record Read(SnapshotName name, Optional<SnapshotInfo> info, Optional<String> problem) {
        static Read of(SnapshotName name, Optional<SnapshotInfo> found) {
            return new Read(name, found.filter(info -> info.state() == SnapshotState.SUCCESS), Optional.empty());
        }

        private Optional<String> unknown() {
            return problem.map(why -> "What is in the snapshot " + name + " is not known. " + why)
                    .or(() -> info.filter(BackupContents::isCut).map(cut -> "The snapshot " + name + " " + CUT));
        }
    }

    /** Whether an answer about a snapshot lacks its indices. */
    public static boolean isCut(SnapshotInfo info) {
        return info.indices().isEmpty() && info.shardsTotal() > 0;
    }

    private static BackupContents of(List<Read> all) {
        Map<SnapshotName, List<String>> indices = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        List<Instant> begun = new ArrayList<>();
        int successes = 0;
        for (Read read : all) {
            read.unknown().ifPresent(unknown::add);
            if (read.info().isPresent()) {
                successes++;
                read.info().get().startTime().ifPresent(begun::add);
                if (read.unknown().isEmpty()) {
                    indices.put(read.name(), read.info().get().indices());
                }
            }
        }
        return new BackupContents(
                indices,
                begun.size() == successes ? begun.stream().min(Comparator.naturalOrder()) : Optional.empty(),
                unknown);
    }

    /** All indices of a component. */
    public Map<Component, List<String>> byComponent() {
        Map<Component, List<String>> all = new TreeMap<>();
        indices.forEach((snapshot, names) -> all.computeIfAbsent(snapshot.component(), key -> new ArrayList<>())
                .addAll(names));
        return all;
    }

    /** Every index that is in any of the snapshots. */
    public Set<String> union() {
        Set<String> all = new HashSet<>();
        indices.values().forEach(all::addAll);
        return all;
    }

    /** The kinds of these indices, by the prefixes that they show. */
    public IndexKinds kinds(CamundaLines lines) {
        return IndexKinds.learned(byComponent(), lines);
    }

    /**
     * The components whose indices do not begin as the lines say, and what they begin with instead; nothing where the
     * names do not show it, so that {@link #foreign} does not judge them.
     */
    public Map<Component, List<String>> unusual(CamundaLines lines) {
        Map<Component, List<String>> unusual = new TreeMap<>();
        IndexKinds kinds = kinds(lines);
        byComponent().forEach((component, names) -> {
            List<String> shown = kinds.prefixes(component);
            if (!names.isEmpty() && !shown.equals(lines.indexPrefixes(component))) {
                unusual.put(component, shown);
            }
        });
        return unusual;
    }

    /** Whether there is an index whose name, behind the component's prefix, is such a one. */
    boolean hasAny(Component component, String rest, CamundaLines lines) {
        IndexKinds kinds = kinds(lines);
        return union().stream().anyMatch(index -> kinds.hasPrefixAnd(component, rest, index));
    }

    /**
     * The indices that are in more than one snapshot, by each two of these; so are all of a part that was asked for
     * without naming any index (<a href="https://github.com/camunda/camunda/issues/26618">camunda#26618</a>). Which of
     * them is right nothing tells.
     */
    public List<Twice> twice() {
        Map<String, SnapshotName> first = new LinkedHashMap<>();
        Map<List<SnapshotName>, List<String>> found = new LinkedHashMap<>();
        indices.forEach((snapshot, names) -> names.forEach(index -> {
            SnapshotName other = first.putIfAbsent(index, snapshot);
            if (other != null) {
                found.computeIfAbsent(List.of(other, snapshot), key -> new ArrayList<>())
                        .add(index);
            }
        }));
        return found.entrySet().stream()
                .map(entry -> new Twice(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                .toList();
    }

    /**
     * The indices that are not named as those of their snapshot's component. Those of a component whose prefix is not
     * known are not judged.
     */
    public List<Foreign> foreign(IndexKinds kinds) {
        List<Foreign> found = new ArrayList<>();
        indices.forEach((snapshot, names) -> {
            Component component = snapshot.component();
            List<String> others = names.stream()
                    .filter(index -> kinds.knows(component) && !kinds.isOf(component, index))
                    .toList();
            if (!others.isEmpty()) {
                found.add(new Foreign(snapshot, others));
            }
        });
        return found;
    }

    /**
     * Indices in two snapshots.
     *
     * @param indices at least one
     */
    public record Twice(SnapshotName first, SnapshotName second, List<String> indices) {
        /** A sentence. */
        public String describe() {
            return Phrases.some(indices) + (indices.size() == 1 ? " is" : " are") + " in two snapshots: " + first
                    + " and " + second + ". It is not known which is right.";
        }
    }

    /**
     * Indices in the snapshot of a component that does not make such ones.
     *
     * @param indices at least one
     */
    public record Foreign(SnapshotName snapshot, List<String> indices) {
        /** The beginning of a sentence that says what they are not. */
        public String describe() {
            return "The snapshot " + snapshot + " holds " + Phrases.some(indices);
        }

        /** Whole sentences. */
        public String sentences() {
            return describe() + ", which are not named as those of "
                    + snapshot.component().displayName() + "." + explanation();
        }

        /** What else is to be said of them: a sentence with a space in front, or nothing. */
        public String explanation() {
            return indices.stream().anyMatch(index -> index.startsWith(DATA_STREAM))
                    ? " What begins with .ds- is of a data stream, which Camunda does not make: the pattern of the snapshot"
                            + " matches the stream's name."
                    : "";
        }
    }
}
