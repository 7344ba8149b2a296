package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes what the kit made: whatever has one of its ids, and nothing else. */
final class Cleanup {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 90;

    private Cleanup() {}

    /** Deletes it, and waits until it is gone, or for three minutes. */
    static void of(Site site, OwnIds ids) {
        for (ComponentClient<?> keeper : site.keepers()) {
            for (BackupId id : ids.all()) {
                // With the records goes what a run has written of its end, also where it came to no records.
                if (keeper.component().equals(Component.ZEEBE_RECORDS) || isThere(keeper, id)) {
                    keeper.delete(id).join();
                    awaitGone(site, keeper, id);
                }
            }
        }
    }

    /** What there is under these ids: {@code Operate: 1700000000}. */
    static List<String> present(Site site, OwnIds ids) {
        List<String> present = new ArrayList<>();
        for (ComponentClient<?> keeper : site.keepers()) {
            keeper.list().join().stream()
                    .map(backup -> backup.backupId())
                    .filter(ids.all()::contains)
                    .forEach(id -> present.add(keeper.component().displayName() + ": " + id));
        }
        return present;
    }

    /** Components delete behind the scenes. */
    static void awaitGone(Site site, ComponentClient<?> keeper, BackupId id) {
        for (int i = 0; i < ATTEMPTS && isThere(keeper, id); i++) {
            site.pause(INTERVAL);
        }
    }

    /**
     * Some components refuse the question for an id that they do not know, and some for one that they are working on.
     */
    private static boolean isThere(ComponentClient<?> keeper, BackupId id) {
        return keeper.get(id)
                .thenCompose(lookup -> lookup.unclear().isEmpty()
                        ? CompletableFuture.completedFuture(lookup.found().isPresent())
                        : keeper.list()
                                .handle((all, error) -> error != null
                                        || all.stream()
                                                .anyMatch(backup ->
                                                        backup.backupId().equals(id))))
                .join();
    }
}
