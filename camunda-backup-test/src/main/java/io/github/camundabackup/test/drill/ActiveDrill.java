package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** The drill of one test class, from its beginning to its report. */
final class ActiveDrill {
    private final String owner;
    private final DrillSetup setup;
    private final DrillRecord record;
    private final DrillRun run;
    private final ExtensionContext context;
    private @Nullable RestoredBackup backup;

    ActiveDrill(ExtensionContext context, DrillSetup setup) {
        this.context = context;
        this.setup = setup;
        owner = context.getUniqueId();
        record = new DrillRecord(
                context.getRequiredTestClass().getName(),
                setup.resources().time().now());
        run = new DrillRun(setup, record);
    }

    /** Restores; if that fails, nothing stays behind but the report. */
    void begin() {
        try {
            backup = run.restore();
        } catch (RuntimeException e) {
            try {
                end(context);
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    /** Removes what was restored, and writes the report whatever happens. */
    void end(ExtensionContext context) {
        try (setup) {
            try {
                run.cleanUp();
            } catch (RuntimeException e) {
                record.failed(e);
                throw e;
            } finally {
                DrillReport report = record.report(setup.resources().time().now());
                report.write(setup.reportDirectory());
                context.publishReportEntry("restore-drill", report.toString());
            }
        }
    }

    boolean isOf(ExtensionContext other) {
        return other.getUniqueId().equals(owner);
    }

    TestTally tests() {
        return record.tests();
    }

    RestoredBackup backup() {
        return Objects.requireNonNull(backup, "backup");
    }

    CamundaCluster cluster() {
        ClusterEndpoints cluster = setup.cluster()
                .orElseThrow(
                        () -> new ParameterResolutionException(
                                "No cluster is configured for this drill, so there is no CamundaCluster. Give it with cluster(…)."));
        return CamundaCluster.discover(cluster, setup.resources()).join();
    }
}
