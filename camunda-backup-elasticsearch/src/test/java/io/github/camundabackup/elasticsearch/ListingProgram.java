package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Lists all snapshots and prints how many there are. Run in a JVM of its own, with little memory. */
final class ListingProgram {
    private ListingProgram() {}

    public static void main(String[] arguments) {
        AtomicInteger count = new AtomicInteger();
        try (SnapshotStore store = ElasticsearchSnapshotStore.builder()
                .endpoint(URI.create(arguments[0]))
                .repository("camunda")
                .build()) {
            store.list(List.of("*"), info -> count.incrementAndGet()).join();
        }
        System.out.println(count.get() + " snapshots");
    }
}
