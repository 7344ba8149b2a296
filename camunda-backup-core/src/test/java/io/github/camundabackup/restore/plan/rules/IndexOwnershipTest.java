package io.github.camundabackup.restore.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.IndexNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexOwnershipTest {
    private static final IndexOwnership OWNERSHIP = new IndexOwnership(
            Map.of(
                    Component.OPERATE, List.of("operate-"),
                    Component.OPTIMIZE, List.of("optimize-"),
                    Component.ZEEBE_RECORDS, List.of("zeebe-record")),
            List.of(
                    "operate-event-8.3.0_",
                    "operate-list-view-8.3.0_2026-11-20",
                    "optimize-single-report_v11",
                    "optimize-process-instance-order_v8",
                    "zeebe-record_job_8.6.0_2026-11-20",
                    "nodash"),
            new IndexNames(""),
            CamundaLines.known(),
            false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operate-event-8.3.0_",
                "operate-event-8.3.0_2026-11-21",
                "operate-list-view-8.3.0_",
                "optimize-single-report_v11",
                "optimize-process-instance-invoice_v8",
                "zeebe-record_job_8.6.0_2026-11-21",
                "zeebe-record_process-instance_8.6.0_2026-11-21",
                "nodash"
            })
    void ownsWhatTheBackupHoldsAndMoreOfTheSameKind(String index) {
        assertThat(OWNERSHIP.isOwn(index)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operate-test-event-8.3.0_",
                "operate-event-8.7.0_",
                "optimize-test-single-report_v11",
                "optimize-test-process-instance-order_v8",
                "zeebe-record-test_job_8.6.0_2026-11-20",
                "zeebe-record_b_job_8.6.0_2026-11-20",
                "zeebe-record_anything",
                "another"
            })
    void doesNotOwnWhatOnlyBeginsAlike(String index) {
        assertThat(OWNERSHIP.isOwn(index)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "operate-list-view-8.3.0_, true",
        "operate-import-position-8.3.0_, true",
        "operate-list-view-8.3.0_*, true",
        "operate-test-list-view-8.3.0_, false",
        "operate-test-list-view-8.3.0_*, false",
        "operate-event-8.3.0_, false"
    })
    void isProvenByWhatHasThePrefixAndNotALongerOne(String index, boolean proven) {
        assertThat(OWNERSHIP.kinds().isProven(Component.OPERATE, List.of(index)))
                .isEqualTo(proven);
    }

    @Test
    void looksAtAllThatMayBeTheClustersAndAtNothingElse() {
        assertThat(OWNERSHIP.patterns())
                .containsExactlyInAnyOrder("operate-*", "optimize-*", "zeebe-record_*", "nodash");
    }

    @Test
    void ownsOfScratchNamesOnlyThoseThatAreRestored() {
        IndexOwnership scratch = new IndexOwnership(
                Map.of(Component.OPERATE, List.of("operate-")),
                List.of("operate-event-8.3.0_", "operate-process-8.3.0_"),
                new IndexNames("scratch-"),
                CamundaLines.known(),
                false);

        assertThat(scratch.patterns())
                .containsExactlyInAnyOrder("scratch-operate-event-8.3.0_", "scratch-operate-process-8.3.0_");
    }
}
