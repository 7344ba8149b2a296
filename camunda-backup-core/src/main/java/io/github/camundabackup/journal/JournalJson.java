package io.github.camundabackup.journal;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The text in a journal. Fields are added in later versions, and never renamed or given another meaning. */
final class JournalJson {
    private static final int FORMAT_VERSION = 1;
    // Versions that know nothing of restores must not take one for a backup.
    private static final int RESTORE_FORMAT_VERSION = 2;

    private JournalJson() {}

    static String write(JournaledRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", formatVersion(run));
        json.putAll(map(run));
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    /** A run inside another document. */
    static Map<String, Object> map(JournaledRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("backupId", run.backupId().value());
        if (!run.physicalTenant().isDefault()) {
            json.put("physicalTenant", run.physicalTenant().id());
        }
        json.put("kind", run.kind().name());
        json.put("state", run.state().name());
        json.put("startedAt", run.startedAt().toString());
        json.put("pause", run.pause().name());
        run.pausedAt().ifPresent(at -> json.put("pausedAt", at.toString()));
        Map<String, Object> steps = new LinkedHashMap<>();
        run.steps().forEach((component, state) -> steps.put(component.name(), state.name()));
        json.put("steps", steps);
        run.task().ifPresent(task -> {
            Map<String, Object> what = new LinkedHashMap<>();
            task.recordsPattern().ifPresent(pattern -> what.put("recordsPattern", pattern));
            what.put("snapshotStore", task.snapshotStore());
            json.put("task", what);
        });
        run.evidence().ifPresent(evidence -> {
            Map<String, Object> seen = new LinkedHashMap<>();
            seen.put("confirmedAt", evidence.confirmedAt().toString());
            Map<String, Object> positions = new LinkedHashMap<>();
            new TreeMap<>(evidence.positions())
                    .forEach((partition, position) -> positions.put(partition.toString(), position));
            seen.put("exportedPositions", positions);
            json.put("pauseEvidence", seen);
        });
        Map<String, Object> holder = new LinkedHashMap<>();
        holder.put("id", run.holder().id());
        holder.put("host", run.holder().host());
        holder.put("process", run.holder().process());
        run.holder()
                .identity()
                .ifPresent(identity -> holder.put(
                        "identity",
                        Map.of(
                                "boot", identity.boot(),
                                "namespace", identity.namespace(),
                                "startTicks", identity.startTicks())));
        holder.put("since", run.holder().since().toString());
        json.put("holder", holder);
        json.put("writtenAt", run.writtenAt().toString());
        json.put("leaseMillis", run.lease().toMillis());
        return json;
    }

    /**
     * @param source for messages
     * @throws CamundaBackupException if it is no run that this version can read
     */
    static JournaledRun read(String text, String source) {
        try {
            JsonValue json = Json.read(text.getBytes(StandardCharsets.UTF_8));
            long version = json.number("formatVersion").orElse(0);
            if (version != FORMAT_VERSION && version != RESTORE_FORMAT_VERSION) {
                throw new IllegalArgumentException("its formatVersion is "
                        + json.text("formatVersion").orElse("missing") + ", and " + FORMAT_VERSION + " and "
                        + RESTORE_FORMAT_VERSION + " are known");
            }
            return read(json);
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new CamundaBackupException(
                    "Could not understand " + source + ": " + e.getMessage()
                            + ". If a later version of this library wrote it, use that one. Otherwise make sure that"
                            + " no backup and no restore is running and that exporting is not paused, and delete it.",
                    e);
        }
    }

    /**
     * @throws IllegalArgumentException if it is no run
     */
    static JournaledRun read(JsonValue json) {
        JsonValue holder = json.at("holder");
        Map<Component, StepReport.State> steps = new LinkedHashMap<>();
        json.at("steps")
                .fields()
                .forEach((component, state) -> steps.put(
                        Component.parse(component),
                        StepReport.State.valueOf(state.text().orElse(""))));
        return JournaledRun.builder(
                        BackupId.of(json.number("backupId").orElseThrow(() -> missing("backupId"))),
                        new RunHolder(
                                text(holder, "id"),
                                text(holder, "host"),
                                holder.number("process").orElse(0),
                                readIdentity(holder),
                                holder.time("since").orElseThrow(() -> missing("since"))))
                .physicalTenant(
                        json.text("physicalTenant").map(PhysicalTenant::of).orElse(PhysicalTenant.DEFAULT))
                .kind(json.text("kind").map(JournaledRun.Kind::valueOf).orElse(JournaledRun.Kind.BACKUP))
                .state(JournaledRun.State.valueOf(text(json, "state")))
                .startedAt(json.time("startedAt").orElseThrow(() -> missing("startedAt")))
                .writtenAt(json.time("writtenAt").orElseThrow(() -> missing("writtenAt")))
                .lease(lease(json))
                .pause(PauseReport.State.valueOf(text(json, "pause")), json.time("pausedAt"))
                .steps(steps)
                .task(present(json, "task")
                        .map(task -> new JournaledRun.Task(task.text("recordsPattern"), text(task, "snapshotStore"))))
                .evidence(present(json, "pauseEvidence").map(JournalJson::readEvidence))
                .build();
    }

    private static Duration lease(JsonValue json) {
        long millis = json.number("leaseMillis").orElse(0);
        if (millis <= 0) {
            throw missing("leaseMillis");
        }
        return Duration.ofMillis(millis);
    }

    private static Optional<ProcessIdentity> readIdentity(JsonValue holder) {
        return present(holder, "identity")
                .map(identity -> new ProcessIdentity(
                        text(identity, "boot"),
                        text(identity, "namespace"),
                        identity.number("startTicks").orElseThrow(() -> missing("startTicks"))));
    }

    private static PauseEvidence readEvidence(JsonValue json) {
        Map<Integer, Long> positions = new LinkedHashMap<>();
        json.at("exportedPositions")
                .fields()
                .forEach((partition, position) -> positions.put(
                        Integer.valueOf(partition), position.number().orElseThrow(() -> missing("position"))));
        return new PauseEvidence(json.time("confirmedAt").orElseThrow(() -> missing("confirmedAt")), positions);
    }

    private static Optional<JsonValue> present(JsonValue json, String field) {
        return Optional.of(json.at(field)).filter(value -> !value.isAbsent());
    }

    private static int formatVersion(JournaledRun run) {
        return switch (run.kind()) {
            case BACKUP -> FORMAT_VERSION;
            case RESTORE -> RESTORE_FORMAT_VERSION;
        };
    }

    private static String text(JsonValue json, String field) {
        return json.text(field).orElseThrow(() -> missing(field));
    }

    private static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException("it has no " + field);
    }
}
