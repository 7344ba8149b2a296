package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.test.contract.SnapshotStoreContract;
import io.github.camundabackup.test.contract.SnapshotStoreFixture;

/** For docs/guide/testing.md. Compiled, and not run: there is no such engine. */
final class MySnapshotStoreSnippets {
    private MySnapshotStoreSnippets() {}

    private static SnapshotStoreFixture fixtureOnMyEngine() {
        throw new UnsupportedOperationException();
    }

    // snippet
    static class MySnapshotStoreTest extends SnapshotStoreContract {
        @Override
        protected SnapshotStoreFixture createFixture() {
            return fixtureOnMyEngine();
        }
    }
    // end
}
