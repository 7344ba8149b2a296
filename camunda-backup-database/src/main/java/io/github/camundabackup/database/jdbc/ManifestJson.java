package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpFile;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The manifest of a dump as JSON. Later versions of this library read what this one writes. */
final class ManifestJson {
    private static final int FORMAT_VERSION = 1;
    private static final String WHAT = "manifest of a database's dump";

    private ManifestJson() {}

    /**
     * What a manifest holds.
     *
     * @param backup what is told of it
     * @param data the directory beside the manifest that has what the tool wrote
     */
    record Manifest(DatabaseBackup backup, String data) {}

    static byte[] write(Manifest manifest) {
        DatabaseBackup backup = manifest.backup();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("id", backup.id().value());
        json.put("product", backup.product());
        json.put("productVersion", backup.productVersion());
        json.put("tablePrefix", backup.tablePrefix());
        backup.schemaVersion().ifPresent(version -> json.put("schemaVersion", version));
        json.put("tool", backup.tool());
        json.put("toolVersion", backup.toolVersion());
        backup.label().ifPresent(label -> json.put("label", label));
        json.put("startedAt", backup.startedAt().toString());
        json.put("endedAt", backup.endedAt().toString());
        DumpPositions positions = backup.positions();
        if (positions instanceof DumpPositions.Exact exact) {
            json.put("positions", positions(exact.positions()));
        } else {
            json.put("positionsBefore", positions(positions.lowest()));
            json.put("positionsAfter", positions(positions.highest()));
        }
        json.put("data", manifest.data());
        json.put("files", backup.files().stream().map(ManifestJson::file).toList());
        return Json.writePretty(json).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> file(DumpFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", file.path());
        json.put("size", file.size());
        json.put("sha256", file.sha256());
        return json;
    }

    private static List<Map<String, Object>> positions(SortedMap<Integer, ExporterPosition> positions) {
        return positions.values().stream().map(ManifestJson::position).toList();
    }

    private static Map<String, Object> position(ExporterPosition position) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitionId", position.partitionId());
        json.put("position", position.position());
        json.put("exporter", position.exporter());
        position.lastUpdated().ifPresent(time -> json.put("lastUpdated", time.toString()));
        return json;
    }

    /**
     * @throws IllegalArgumentException if it is none, or of a later version
     */
    static Manifest read(String text) {
        Document json = Document.read(text, WHAT, FORMAT_VERSION);
        boolean exact = !json.json().at("positions").isAbsent();
        DatabaseBackup backup = DatabaseBackup.builder(new DumpId(json.text("id")))
                .product(json.text("product"), json.text("productVersion"))
                .tablePrefix(json.text("tablePrefix"))
                .schemaVersion(json.json().text("schemaVersion"))
                .tool(json.text("tool"), json.text("toolVersion"))
                .label(json.json().text("label"))
                .time(json.time("startedAt"), json.time("endedAt"))
                .positions(
                        exact
                                ? new DumpPositions.Exact(positions(json, "positions"))
                                : new DumpPositions.Bounds(
                                        positions(json, "positionsBefore"), positions(json, "positionsAfter")))
                .files(json.elements("files").stream()
                        .map(file -> new DumpFile(file.text("path"), file.number("size"), file.text("sha256")))
                        .toList())
                .build();
        return new Manifest(backup, json.text("data"));
    }

    private static SortedMap<Integer, ExporterPosition> positions(Document json, String field) {
        if (!json.json().at(field).isArray()) {
            throw new IllegalArgumentException("This is no " + WHAT + ": it has no " + field + ".");
        }
        SortedMap<Integer, ExporterPosition> positions = new TreeMap<>();
        for (Document position : json.elements(field)) {
            int partition = Math.toIntExact(position.number("partitionId"));
            positions.put(
                    partition,
                    new ExporterPosition(
                            partition,
                            position.number("position"),
                            position.text("exporter"),
                            position.json().text("lastUpdated").map(ManifestJson::time)));
        }
        return positions;
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("This is no " + WHAT + ": its lastUpdated is no time.", e);
        }
    }
}
