package io.github.camundabackup.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a snapshot that belongs to a Camunda backup, taken apart. Camunda's components name their own snapshots
 * ({@code camunda_operate_1700000000_8.6.0_part_1_of_6}); the snapshot of the exported records has, by convention, the
 * name {@code camunda_zeebe_records_backup_1700000000}. An index prefix is not part of these names, which is why two
 * clusters must not share one repository.
 *
 * @param component the component whose data it holds
 * @param backupId the backup that it belongs to
 * @param version the version of the component in lower case; empty for Zeebe records
 * @param part the number of this part, from 1
 * @param partCount how many parts there are
 */
public record SnapshotName(Component component, BackupId backupId, Optional<String> version, int part, int partCount) {

    /** What the names of all snapshots of exported records begin with. */
    public static final String RECORDS_PREFIX = "camunda_zeebe_records_backup_";

    // No leading zeros, which Camunda does not write: a name that was read must give back the same snapshot when it is
    // deleted.
    private static final Pattern PARTS = Pattern.compile("(?<prefix>camunda_(?<component>[a-z][a-z0-9]*)_)"
            + "(?<id>[1-9]\\d{0,18})_(?<version>[^_]+)_part_(?<part>[1-9]\\d{0,3})_of_(?<count>[1-9]\\d{0,3})");
    private static final Pattern OUTCOME = Pattern.compile("camunda_backup_outcome_(?<id>[1-9]\\d{0,18})");
    private static final Pattern RECORDS = Pattern.compile(RECORDS_PREFIX + "(?<id>[1-9]\\d{0,18})");

    /**
     * @throws IllegalArgumentException if the component has no snapshots, or the part numbers make no sense
     */
    public SnapshotName {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(backupId, "backupId");
        if (!component.hasSnapshots()) {
            throw new IllegalArgumentException(
                    component.displayName() + " keeps its backups elsewhere, and not in snapshots.");
        }
        if (part < 1 || part > partCount) {
            throw new IllegalArgumentException(
                    "Parts count from 1 to the last, but this is part " + part + " of " + partCount + ".");
        }
        if (version.isEmpty() != component.equals(Component.ZEEBE_RECORDS)) {
            throw new IllegalArgumentException("Only a snapshot of Zeebe records has no version in its name.");
        }
    }

    /** The name of the snapshot that holds the exported records of the given backup. */
    public static SnapshotName records(BackupId backupId) {
        return new SnapshotName(Component.ZEEBE_RECORDS, backupId, Optional.empty(), 1, 1);
    }

    /**
     * The name of the snapshot without indices that tells how the run of a backup ended. It is no part of the backup:
     * {@link #parse} gives nothing for it.
     */
    public static String outcome(BackupId backupId) {
        return "camunda_backup_outcome_" + backupId;
    }

    /** The backup of which a snapshot of this name tells how its run ended; empty for all other snapshots. */
    public static Optional<BackupId> parseOutcome(String name) {
        Matcher outcome = OUTCOME.matcher(name);
        return outcome.matches() ? id(outcome) : Optional.empty();
    }

    /**
     * What all snapshot names of one component in one backup begin with. It ends where the id ends, so that 17 is not
     * taken for the beginning of 170.
     *
     * @throws IllegalArgumentException if the component has no snapshots
     */
    public static String prefix(Component component, BackupId backupId) {
        String prefix = component.snapshotPrefix() + backupId;
        return component.equals(Component.ZEEBE_RECORDS) ? prefix : prefix + "_";
    }

    /** Takes a name apart; empty if it is not the name of a snapshot of a Camunda backup. */
    public static Optional<SnapshotName> parse(String name) {
        Matcher records = RECORDS.matcher(name);
        if (records.matches()) {
            return id(records).map(SnapshotName::records);
        }
        Matcher parts = PARTS.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int part = Integer.parseInt(parts.group("part"));
        int count = Integer.parseInt(parts.group("count"));
        if (part > count) {
            return Optional.empty();
        }
        return Component.ofSnapshotPrefix(parts.group("prefix"), parts.group("component"))
                .flatMap(component -> id(parts)
                        .map(id -> new SnapshotName(component, id, Optional.of(parts.group("version")), part, count)));
    }

    private static Optional<BackupId> id(Matcher matcher) {
        try {
            return Optional.of(new BackupId(Long.parseLong(matcher.group("id"))));
        } catch (NumberFormatException moreThanALong) {
            return Optional.empty();
        }
    }

    /** The name as the search engine knows it. */
    @Override
    public String toString() {
        String prefix = prefix(component, backupId);
        return version.map(v -> prefix + v + "_part_" + part + "_of_" + partCount)
                .orElse(prefix);
    }
}
