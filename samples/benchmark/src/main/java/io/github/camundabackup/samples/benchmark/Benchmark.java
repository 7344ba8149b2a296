package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Backs up simulated clusters whose components take a known time, in three ways. With {@code -Dscale=1} everything
 * takes as long as it says; by default, a tenth.
 */
public final class Benchmark {
    private static final int DOCUMENTED_SLEEP_SECONDS = 5;
    private static final int WARM_UPS = 5;
    private static final int BUCKET_BACKUPS = 10_000;
    private static final int BACKUPS = 5000;
    private static final int RESTORE_SECONDS = 10;
    private static final int CLUSTERS = 200;

    private final Workload workload;
    private final PrintStream out;

    private Benchmark(Workload workload, PrintStream out) {
        this.workload = workload;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workload workload = new Workload(Double.parseDouble(System.getProperty("scale", "10")));
        new Benchmark(workload, System.out)
                .run(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    private void run(String path) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "Optimize 40 s, Operate 30 s, Tasklist 20 s (web applications from 8.8: 50 s), records 5 s, Zeebe 8 s,"
                        + " all divided by %s;%nso are the sleeps of %d s of the documented procedure. The library's first"
                        + " backups are not counted.%n",
                number(workload.scale()),
                DOCUMENTED_SLEEP_SECONDS);
        List<String> missing = DocumentedProcedure.missingTools(path);
        if (!missing.isEmpty()) {
            out.println("The documented procedure is left out, as it needs " + String.join(", ", missing) + ".");
        }
        coldStart();
        try (Library library = new Library()) {
            for (CamundaLine line : List.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8)) {
                warmUp(library, line);
                compare(library, line, missing.isEmpty()).print(out);
            }
            RestoreScale.measure(library, workload.scaled(RESTORE_SECONDS)).print(out);
            FleetScale.measure(library, workload, CLUSTERS).print(out);
        }
        try (FilledRepository repository = new FilledRepository(BACKUPS)) {
            CheckScale.measure(repository, missing.isEmpty()).print(out);
        }
        BucketScale.measure((int) (BUCKET_BACKUPS / workload.scale())).print(out);
        if (workload.scale() != 1) {
            out.printf("%nWhat a request costs is not divided. -Dscale=1 takes four minutes and shows true"
                    + " proportions.%n");
        }
    }

    /** The first backup of this process: it loads and compiles what it needs, as does the simulation. */
    private void coldStart() {
        try (Library library = new Library();
                SimulatedCluster cluster = workload.cluster(CamundaLine.V8_8)) {
            Measurement first = library.measure(cluster);
            Measurement best = workload.criticalPath(library.plan(cluster));
            out.printf(
                    Locale.ROOT,
                    "%nThe first backup of this process took %.2f s, %.3f of the critical path (%.2f s).%n",
                    first.total().toNanos() / 1e9,
                    (double) first.total().toNanos() / best.total().toNanos(),
                    best.total().toNanos() / 1e9);
        }
    }

    private Comparison compare(Library library, CamundaLine line, boolean withDocumented)
            throws IOException, InterruptedException {
        Optional<Measurement> documented = withDocumented ? Optional.of(documented(line)) : Optional.empty();
        try (SimulatedCluster cluster = workload.cluster(line)) {
            Measurement best = workload.criticalPath(library.plan(cluster));
            return new Comparison(line.displayName(), best, library.measure(cluster), documented);
        }
    }

    private Measurement documented(CamundaLine line) throws IOException, InterruptedException {
        try (SimulatedCluster cluster = workload.cluster(line)) {
            return DocumentedProcedure.measure(cluster, workload.scaled(DOCUMENTED_SLEEP_SECONDS));
        }
    }

    /** In a process that takes backups again and again, no backup pays for loading and compiling classes. */
    private static void warmUp(Library library, CamundaLine line) {
        for (int i = 0; i < WARM_UPS; i++) {
            try (SimulatedCluster cluster = SimulatedCluster.builder()
                    .line(line)
                    .duration(Duration.ofMillis(100))
                    .build()) {
                library.measure(cluster);
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
