package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.web.Json;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backup of several parts, as all components write it. */
final class HistoryJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    private HistoryJson() {}

    /**
     * @param withFailures whether the list of failures is written, or null in its place
     */
    static Map<String, @Nullable Object> backup(
            PartedBackups backups, long id, List<Part> parts, boolean withFailures) {
        return Json.map(
                "backupId", id,
                "state", backups.state(parts),
                "failureReason", backups.failureReason(parts).orElse(null),
                "details",
                        parts.stream().map(part -> detail(part, withFailures)).toList());
    }

    private static Map<String, @Nullable Object> detail(Part part, boolean withFailures) {
        return Json.map(
                "snapshotName", part.name(),
                "state", part.state(),
                "startTime", TIME.format(part.start()),
                "failures", withFailures ? part.failures() : null);
    }

    /** What {@code verbose=false} makes of it: a healthy backup looks failed (camunda/camunda#59901). */
    static Map<String, @Nullable Object> brief(PartedBackups backups, long id, List<Part> parts) {
        String state = backups.state(parts);
        return Json.map(
                "backupId",
                id,
                "state",
                state.equals("COMPLETED") ? "FAILED" : "INCOMPLETE",
                "failureReason",
                null,
                "details",
                parts.stream()
                        .map(part -> Json.map(
                                "snapshotName",
                                part.name(),
                                "state",
                                part.state(),
                                "startTime",
                                null,
                                "failures",
                                null))
                        .toList());
    }
}
