package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.runtime.ClientResources;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All of Zeebe's backups in a directory, listed and judged, beside a listing of the same files by the same store.
 *
 * @param objects how many files there are
 * @param restorable how many backups were judged to be whole
 * @param judged how long listing, reading the manifests and judging took
 * @param listed how long it took to list every file, page by page
 */
record BucketScale(int backups, long objects, long restorable, Duration judged, Duration listed) {
    private static final int PARTITIONS = 3;
    private static final int FILES = 20;
    private static final int FIRST_ID = 1_000_000;

    static BucketScale measure(int backups) throws IOException {
        Path directory = Files.createTempDirectory("camunda-backup-bucket");
        try (ObjectStore store = FilesystemObjectStore.of(directory);
                ClientResources resources = ClientResources.create()) {
            fill(directory, backups);
            // Once before, so that both find the directories in the machine's memory.
            long objects = list(store);
            long start = System.nanoTime();
            list(store);
            Duration listed = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            long restorable = ZeebeBackups.of(store, resources).all().join().backups().stream()
                    .filter(BucketBackup::isRestorable)
                    .count();
            return new BucketScale(backups, objects, restorable, Duration.ofNanos(System.nanoTime() - start), listed);
        } finally {
            delete(directory);
        }
    }

    private static long list(ObjectStore store) {
        long count = 0;
        Optional<String> next = Optional.empty();
        do {
            ObjectPage page = store.list("", next);
            count += page.objects().size();
            next = page.next();
        } while (next.isPresent());
        return count;
    }

    private static void fill(Path directory, int backups) throws IOException {
        List<String> files =
                IntStream.range(0, FILES).mapToObj(i -> "%06d.sst".formatted(i)).toList();
        String named = files.stream().map(file -> "{\"name\":\"" + file + "\"}").collect(Collectors.joining(","));
        for (int partition = 1; partition <= PARTITIONS; partition++) {
            for (int id = FIRST_ID; id < FIRST_ID + backups; id++) {
                String copy = partition + "/" + id + "/0";
                Path contents = Files.createDirectories(directory.resolve("contents/" + copy + "/snapshot"));
                for (String file : files) {
                    Files.write(contents.resolve(file), new byte[] {1});
                }
                Files.writeString(
                        Files.createDirectories(directory.resolve("manifests/" + copy))
                                .resolve("manifest.json"),
                        "{\"id\":{\"nodeId\":0,\"partitionId\":" + partition + ",\"checkpointId\":" + id
                                + "},\"statusCode\":\"COMPLETED\",\"descriptor\":{\"checkpointPosition\":" + id
                                + ",\"numberOfPartitions\":" + PARTITIONS + ",\"brokerVersion\":\"8.9.0\"},"
                                + "\"snapshot\":{\"files\":[" + named + "]},\"segments\":{\"files\":[]}}");
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nZeebe's bucket, %,d files of %,d backups in a directory%n"
                        + "  camunda-backup, judged      %,6.1f s, %,d whole%n"
                        + "  the same store, only listed %,6.1f s%n",
                objects,
                backups,
                judged.toMillis() / 1000.0,
                restorable,
                listed.toMillis() / 1000.0);
    }
}
