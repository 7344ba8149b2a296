package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A check of all backups of a large repository, beside what a shell can do with the same list.
 *
 * @param repository what is checked
 * @param library the check by this library
 * @param pipeline counting parts and states with curl and jq; empty if it could not be run
 */
record CheckScale(FilledRepository repository, Pass library, Optional<Pass> pipeline) {

    /**
     * One pass over the list.
     *
     * @param good how many backups it took for good
     * @param requests how many requests it sent
     */
    record Pass(int good, int requests, Duration duration) {}

    static CheckScale measure(FilledRepository repository, boolean withPipeline)
            throws IOException, InterruptedException {
        Pass library = library(repository);
        return new CheckScale(repository, library, withPipeline ? Optional.of(pipeline(repository)) : Optional.empty());
    }

    private static Pass library(FilledRepository repository) {
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(repository.uri())
                        .repository(FilledRepository.NAME)
                        .resources(resources)
                        .build()) {
            int before = repository.requests();
            long start = System.nanoTime();
            long good = ConsistencyChecker.of(store, resources).checkAll().join().stream()
                    .filter(ConsistencyReport::isRestorable)
                    .count();
            return new Pass((int) good, repository.requests() - before, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static Pass pipeline(FilledRepository repository) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script()).redirectError(Redirect.INHERIT);
        bash.environment().put("LIST_URL", repository.uri() + "/_snapshot/" + FilledRepository.NAME + "/camunda_*");
        int before = repository.requests();
        long start = System.nanoTime();
        Process process = bash.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("curl and jq ended with the exit code " + process.exitValue() + ".");
        }
        return new Pass(
                Integer.parseInt(printed.strip()),
                repository.requests() - before,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static String script() throws IOException {
        try (InputStream script = CheckScale.class.getResourceAsStream("check.sh")) {
            return new String(Objects.requireNonNull(script, "check.sh").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nCheck of %,d snapshots of %,d backups, without a cluster%n",
                repository.backups() * FilledRepository.SNAPSHOTS_PER_BACKUP,
                repository.backups());
        row(out, "  camunda-backup", library);
        pipeline.ifPresent(pass -> row(out, "  curl | jq, parts only", pass));
    }

    private static void row(PrintStream out, String name, Pass pass) {
        out.printf(
                Locale.ROOT,
                "%-28s %,d good, %d request%s, %.2f s%n",
                name,
                pass.good(),
                pass.requests(),
                pass.requests() == 1 ? "" : "s",
                pass.duration().toNanos() / 1e9);
    }
}
