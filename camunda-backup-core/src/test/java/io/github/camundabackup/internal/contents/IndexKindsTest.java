package io.github.camundabackup.internal.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prefixes that nobody has configured are learned from what a backup holds. */
class IndexKindsTest {
    @Test
    void usualPrefixesAreTakenWhereTheyAreProven() {
        IndexKinds kinds =
                learned(Component.WEB_APPLICATIONS, "operate-list-view-8.3.0_", "acme-operate-list-view-8.3.0_");

        assertThat(kinds.isOf(Component.WEB_APPLICATIONS, "camunda-role-8.8.0_"))
                .isTrue();
        assertThat(kinds.isOf(Component.WEB_APPLICATIONS, "acme-operate-list-view-8.3.0_"))
                .isFalse();
    }

    @Test
    void prefixOfAllWebApplicationsIsLearned() {
        IndexKinds kinds =
                learned(Component.WEB_APPLICATIONS, "acme-operate-list-view-8.3.0_", "acme-camunda-role-8.8.0_");

        assertThat(kinds.beginnings()).containsExactly("acme-");
        assertThat(kinds.isOf(Component.WEB_APPLICATIONS, "operate-list-view-8.3.0_"))
                .isFalse();
        assertThat(kinds.isWorthless("acme-camunda-web-session-8.8.0_")).isTrue();
    }

    @Test
    void prefixThatBeginsAsTheUsualOneIsLearned() {
        IndexKinds kinds = learned(Component.OPERATE, "operate-test-list-view-8.3.0_", "operate-test-event-8.3.0_");

        assertThat(kinds.beginnings()).containsExactly("operate-test-");
    }

    @Test
    void prefixOfRecordsIsThatOfMostOfThem() {
        IndexKinds kinds = learned(
                Component.ZEEBE_RECORDS,
                "acme_job_8.8.0_2026-10-01",
                "acme_process_8.8.0_2026-10-01",
                "acme-archive",
                ".ds-acme_audit-2026.10.01-000001",
                "beta_job_8.8.0_2026-10-01");

        assertThat(kinds.beginnings()).containsExactly("acme_");
        assertThat(kinds.isOf(Component.ZEEBE_RECORDS, "beta_job_8.8.0_2026-10-01"))
                .isFalse();
        assertThat(kinds.isOf(Component.ZEEBE_RECORDS, "acme-archive")).isFalse();
    }

    @Test
    void componentWhosePrefixNothingShowsIsNotJudged() {
        IndexKinds kinds = learned(Component.OPTIMIZE, "zeebe-record-process-definition_v6");

        assertThat(kinds.knows(Component.OPTIMIZE)).isFalse();
    }

    @Test
    void webSessionsAreWorthNothing() {
        IndexKinds kinds = learned(Component.WEB_APPLICATIONS, "operate-list-view-8.3.0_");

        assertThat(kinds.isWorthless("camunda-web-session-8.8.0_")).isTrue();
        assertThat(kinds.isWorthless("camunda-user-8.8.0_")).isFalse();
    }

    private static IndexKinds learned(Component component, String... indices) {
        return IndexKinds.learned(Map.of(component, List.of(indices)), CamundaLines.known());
    }
}
