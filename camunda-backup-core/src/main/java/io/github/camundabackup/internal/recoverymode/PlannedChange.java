package io.github.camundabackup.internal.recoverymode;

import io.github.camundabackup.internal.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A change of the cluster's configuration that it has accepted, or would accept.
 *
 * @param id the change's
 * @param operations what it consists of, for people
 */
public record PlannedChange(String id, List<String> operations) {
    public PlannedChange {
        operations = List.copyOf(operations);
    }

    /** Operations come in groups, one for each physical tenant; in earlier builds of 8.10 as one list. */
    static Optional<PlannedChange> read(JsonValue body) {
        return body.text("changeId")
                .map(id -> new PlannedChange(
                        id,
                        body.elements("plannedChanges").stream()
                                .flatMap(group -> group.at("operations").isArray()
                                        ? group.elements("operations").stream()
                                                .map(operation -> describe(operation, group.text("physicalTenantId")))
                                        : Stream.of(describe(group, Optional.empty())))
                                .toList()));
    }

    private static String describe(JsonValue operation, Optional<String> tenant) {
        List<String> details = new ArrayList<>();
        operation.text("brokerId").ifPresent(id -> details.add("broker " + id));
        operation.number("partitionId").ifPresent(id -> details.add("partition " + id));
        operation.text("mode").ifPresent(mode -> details.add("to " + mode));
        List<String> backups = operation.elements("backupIds").stream()
                .map(JsonValue::toString)
                .toList();
        if (!backups.isEmpty()) {
            details.add("from backup " + String.join(", ", backups));
        }
        tenant.filter(id -> !id.equals("default")).ifPresent(id -> details.add("tenant " + id));
        return operation.text("operation").orElse("an operation without a name")
                + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")");
    }
}
