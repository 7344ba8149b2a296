package io.github.camundabackup.test.contract;

import io.github.camundabackup.test.contract.SnapshotStoreFixture.ExportedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Indices and repositories of an imaginary engine. Guarded by itself. */
final class InMemoryEngine {
    final Map<String, Index> indices = new TreeMap<>();
    final Map<String, Repository> repositories = new TreeMap<>();

    /** What an index is, apart from its name. */
    static final class Index {
        final int documents;
        final Set<String> aliases;
        final List<ExportedRecord> records = new ArrayList<>();
        boolean open = true;

        Index(int documents, Set<String> aliases) {
            this.documents = documents;
            this.aliases = new HashSet<>(aliases);
        }

        Index copy(boolean withAliases) {
            Index copy = new Index(documents, withAliases ? aliases : Set.of());
            copy.records.addAll(records);
            return copy;
        }
    }

    /** A repository and what is in it. */
    static final class Repository {
        final boolean readOnly;
        final Map<String, InMemorySnapshotStore.Stored> snapshots = new TreeMap<>();

        Repository(boolean readOnly) {
            this.readOnly = readOnly;
        }
    }
}
