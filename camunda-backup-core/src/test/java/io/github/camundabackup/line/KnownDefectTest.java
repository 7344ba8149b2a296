package io.github.camundabackup.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDefectTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.5.0", "8.5.24", "8.6.0", "8.6.30", "8.6.30-rc1", "8.7.0-alpha2", "8.7.18"})
    void versionsWhoseRestoredBrokersSkipCommandsHaveTheDefect(String version) {
        assertThat(defects(version)).extracting(KnownDefect::reference).containsExactly("camunda#41325");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.6.31",
                "8.6.100",
                "8.7.19",
                "8.7.20-snapshot",
                "8.8.0",
                "8.8.0-alpha5",
                "8.10.1",
                "9.6.0",
                "8.6",
                "development"
            })
    void othersDoNot(String version) {
        assertThat(defects(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.5.9", "8.6.40", "8.7.36", "8.8.0", "8.8.14", "8.9.0-alpha3"})
    void versionsThatDoNotMakeMissingTemplatesAreKnown(String version) {
        assertThat(templateDefects(version)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.7.37", "8.8.15", "8.9.0", "8.10.0"})
    void othersMakeMissingTemplates(String version) {
        assertThat(templateDefects(version)).isZero();
    }

    private static long templateDefects(String version) {
        return CamundaLines.known().ofVersion(version).orElseThrow().components().stream()
                .flatMap(component -> component.templateDefects(version).stream())
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.0", "8.8.14", "8.8.0-alpha6", "8.9.0-alpha3"})
    void versionsThatLeaveIndicesOutAreKnown(String version) {
        assertThat(leftOut(version))
                .extracting(LeftOutIndices::defect)
                .allSatisfy(defect -> assertThat(defect.consequence()).contains("camunda#47122"));
        assertThat(leftOut(version)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operate-batch-operation-1.0.0_2026-10-01",
                "operate-operation-8.4.1_2026-10-01",
                "camunda-usage-metric-8.8.0_2026-10-01",
                "camunda-usage-metric-tu-8.8.0_2026-10-01",
                "camunda-audit-log-8.9.0_2026-10-01"
            })
    void whatTheyLeaveOutIsTheIndicesOfEarlierDays(String index) {
        String rest = leftOut("8.8.0").get(0).indices();
        String today = index.substring(0, index.indexOf('_') + 1);

        assertThat(index.substring(index.indexOf('-') + 1)).matches(rest);
        assertThat(today.substring(today.indexOf('-') + 1)).doesNotMatch(rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.7.0", "8.8.15", "8.8.20-rc1", "8.9.0", "8.9.1", "8.10.0-alpha1"})
    void othersTakeAll(String version) {
        assertThat(leftOut(version)).isEmpty();
    }

    private static List<LeftOutIndices> leftOut(String version) {
        return CamundaLines.known().ofVersion(version).stream()
                .flatMap(line -> line.components().stream())
                .flatMap(component -> component.leftOut(version).stream())
                .toList();
    }

    private static List<KnownDefect> defects(String version) {
        return CamundaLines.known().ofVersion(version).stream()
                .flatMap(line -> line.defects(version).stream())
                .toList();
    }
}
