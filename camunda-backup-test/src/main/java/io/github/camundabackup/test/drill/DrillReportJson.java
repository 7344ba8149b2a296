package io.github.camundabackup.test.drill;

import io.github.camundabackup.test.internal.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stable JSON of a report. Fields are added in later versions, and never renamed or given another meaning. */
final class DrillReportJson {
    private static final int FORMAT_VERSION = 1;

    private DrillReportJson() {}

    static String write(DrillReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("testClass", report.testClass());
        json.put("outcome", report.outcome().name());
        report.backupId().ifPresent(backupId -> json.put("backupId", backupId.value()));
        report.consistency().ifPresent(consistency -> {
            json.put("verdict", consistency.verdict().name());
            json.put("snapshotStore", consistency.snapshotStore());
        });
        json.put("place", report.place());
        json.put("startedAt", report.startedAt().toString());
        json.put("endedAt", report.endedAt().toString());
        report.recoveryTime().ifPresent(time -> json.put("recoveryMillis", time.toMillis()));
        report.restored().flatMap(RestoredBackup::takenAt).ifPresent(time -> json.put("takenAt", time.toString()));
        report.age().ifPresent(age -> json.put("ageMillis", age.toMillis()));
        json.put("passed", report.passed());
        json.put("failed", report.failed());
        json.put("removed", report.removed());
        json.put("remaining", report.remaining());
        json.put("warnings", report.warnings());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        report.restored()
                .flatMap(restored -> Json.object(restored.restore().toJson().getBytes(StandardCharsets.UTF_8)))
                .ifPresent(restore -> json.put("restore", restore));
        return Json.writePretty(json);
    }
}
