package io.github.camundabackup.test.contract;

import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Set;

class InMemorySnapshotStoreTest extends SnapshotStoreContract {

    @Override
    protected SnapshotStoreFixture createFixture() {
        return new Fixture();
    }

    private static final class Fixture implements SnapshotStoreFixture {
        private final InMemoryEngine engine = new InMemoryEngine();
        private final SnapshotStore store = new InMemorySnapshotStore(engine, "repository");
        private final SnapshotStore missing = new InMemorySnapshotStore(engine, "missing");
        private final SnapshotStore readOnly = new InMemorySnapshotStore(engine, "read-only");

        Fixture() {
            engine.repositories.put("repository", new InMemoryEngine.Repository(false));
            engine.repositories.put("read-only", new InMemoryEngine.Repository(true));
        }

        @Override
        public SnapshotStore store() {
            return store;
        }

        @Override
        public SnapshotStore storeOnMissingRepository() {
            return missing;
        }

        @Override
        public SnapshotStore storeOnReadOnlyRepository() {
            return readOnly;
        }

        @Override
        public void createIndex(String name, int documents) {
            engine.indices.put(name, new InMemoryEngine.Index(documents, Set.of()));
        }

        @Override
        public void createRecordIndex(String name) {
            createIndex(name, 0);
        }

        @Override
        public void addRecord(String index, ExportedRecord record) {
            index(index).records.add(record);
        }

        @Override
        public void addAlias(String index, String alias) {
            index(index).aliases.add(alias);
        }

        @Override
        public boolean hasAlias(String index, String alias) {
            return index(index).aliases.contains(alias);
        }

        @Override
        public void closeIndex(String name) {
            index(name).open = false;
        }

        @Override
        public void close() {
            // The engine goes with this object.
        }

        private InMemoryEngine.Index index(String name) {
            InMemoryEngine.Index index = engine.indices.get(name);
            if (index == null) {
                throw new IllegalArgumentException("There is no index " + name);
            }
            return index;
        }
    }
}
