package io.github.camundabackup.test.drill;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.test.drill.DrillPlace.Preparation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record of a drill so far, for its report. Used by one thread. */
final class DrillRecord {
    private final String testClass;
    private final Instant startedAt;
    private final TestTally tests = new TestTally();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable ConsistencyReport consistency;
    private @Nullable RestoredBackup restored;
    private @Nullable String failure;
    private String place = "";
    private List<String> removed = List.of();
    private List<String> remaining = List.of();

    DrillRecord(String testClass, Instant startedAt) {
        this.testClass = testClass;
        this.startedAt = startedAt;
    }

    void found(ConsistencyReport report) {
        consistency = report;
    }

    void place(DrillPlace chosen) {
        place = chosen.description();
    }

    void prepared(Preparation done) {
        removed = done.removed();
        warnings.addAll(done.warnings());
    }

    void restored(RestoredBackup backup) {
        restored = backup;
    }

    /** The first failure is the one that matters. */
    void failed(Throwable error) {
        if (failure == null) {
            failure = error.getMessage() == null ? error.toString() : error.getMessage();
        }
    }

    void remaining(List<String> indices) {
        remaining = List.copyOf(indices);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    TestTally tests() {
        return tests;
    }

    DrillReport report(Instant endedAt) {
        return new DrillReport(
                testClass,
                startedAt,
                endedAt,
                place,
                Optional.ofNullable(consistency),
                Optional.ofNullable(restored),
                tests.passes(),
                tests.failures(),
                removed,
                remaining,
                warnings,
                Optional.ofNullable(failure));
    }
}
