package io.github.camundabackup.samples.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Three ways to back up the same cluster.
 *
 * @param what which cluster
 * @param best what is possible at best
 * @param library by this library
 * @param documented by the documented procedure; empty if it could not be run
 */
record Comparison(String what, Measurement best, Measurement library, Optional<Measurement> documented) {
    private static final Duration FIXED = Duration.ofMillis(200);
    private static final int SHARE = 50;

    /** What the library takes longer than is possible at best. */
    Duration overhead() {
        return library.total().minus(best.total());
    }

    /** What it aims at: 2 % and 0.2 s. */
    Duration allowed() {
        return best.total().dividedBy(SHARE).plus(FIXED);
    }

    boolean isMet() {
        return overhead().compareTo(allowed()) <= 0;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%-28s %14s %16s %22s%n",
                what,
                "critical path",
                "camunda-backup",
                documented.isPresent() ? "documented procedure" : "");
        row(out, "  whole backup", Measurement::total);
        row(out, "  exporting paused", Measurement::pause);
        out.printf(
                Locale.ROOT,
                "%-28s %14s %16s %22s%n",
                "  requests",
                "",
                number(library),
                documented.map(Comparison::number).orElse(""));
        out.printf(
                Locale.ROOT,
                "  The library's overhead is %s; 2 %% + 0.2 s would be %s: %s%n",
                seconds(overhead()),
                seconds(allowed()),
                isMet() ? "met" : "NOT MET");
    }

    private void row(PrintStream out, String name, Function<Measurement, Duration> value) {
        out.printf(
                Locale.ROOT,
                "%-28s %14s %16s %22s%n",
                name,
                seconds(value.apply(best)),
                seconds(value.apply(library)),
                documented.map(value).map(Comparison::seconds).orElse(""));
    }

    private static String number(Measurement measurement) {
        return measurement.requests().isPresent()
                ? Integer.toString(measurement.requests().getAsInt())
                : "";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
