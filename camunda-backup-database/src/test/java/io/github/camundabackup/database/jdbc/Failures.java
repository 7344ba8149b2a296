package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.DatabaseStoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How something failed. */
final class Failures {
    private Failures() {}

    /** What the future failed with, without a word of the tests' password. */
    static DatabaseStoreException of(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOf(DatabaseStoreException.class)
                    .hasMessageNotContaining(RealDatabase.PASSWORD);
            return (DatabaseStoreException) e.getCause();
        }
        throw new AssertionError("It did not fail.");
    }
}
