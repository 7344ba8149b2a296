package io.github.camundabackup.model;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a Camunda 8 cluster that is backed up. Those that Camunda has are constants here; a part that this library
 * does not know, such as one that an external command takes, gets a component of its own with {@link #of}. Two
 * components are the same if their names are. Immutable.
 */
public final class Component implements Comparable<Component>, Serializable {
    /** Optimize; its own application in every version. */
    public static final Component OPTIMIZE = new Component("OPTIMIZE", "Optimize", "camunda_optimize_");
    /** Operate as an application of its own, up to 8.7. */
    public static final Component OPERATE = new Component("OPERATE", "Operate", "camunda_operate_");
    /** Tasklist as an application of its own, up to 8.7. */
    public static final Component TASKLIST = new Component("TASKLIST", "Tasklist", "camunda_tasklist_");
    /** Operate, Tasklist and Identity as one part of the orchestration cluster, from 8.8. */
    public static final Component WEB_APPLICATIONS =
            new Component("WEB_APPLICATIONS", "web applications", "camunda_webapps_");
    /** Zeebe's own state, in its object store. */
    public static final Component ZEEBE = new Component("ZEEBE", "Zeebe", "");
    /**
     * The records that Zeebe exported to the search engine, read by Optimize (and by Operate and Tasklist up to 8.7).
     */
    public static final Component ZEEBE_RECORDS =
            new Component("ZEEBE_RECORDS", "Zeebe records", "camunda_zeebe_records_backup_");

    private static final List<Component> KNOWN =
            List.of(OPTIMIZE, OPERATE, TASKLIST, WEB_APPLICATIONS, ZEEBE, ZEEBE_RECORDS);
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String displayName;
    private final String snapshotPrefix;

    private Component(String name, String displayName, String snapshotPrefix) {
        this.name = name;
        this.displayName = displayName;
        this.snapshotPrefix = snapshotPrefix;
    }

    /** Those that Camunda has, in the order of reports. */
    public static List<Component> known() {
        return KNOWN;
    }

    /**
     * A component whose part of a backup lies somewhere else than in the snapshot repository.
     *
     * @param name for reports and manifests, and never changed: capital letters, digits and underscores, such as
     *     {@code DOCUMENT_STORE}
     * @param displayName the name as people write it
     * @throws IllegalArgumentException if the name has another form, or is that of a component that Camunda has
     */
    public static Component of(String name, String displayName) {
        return new Component(unused(name), requireText(displayName), "");
    }

    /**
     * A component whose part of a backup are snapshots in the repository, named as Camunda's components name theirs:
     * {@code camunda_<name in lower case>_<backup id>_<version>_part_1_of_6}.
     *
     * @param name for reports and manifests, and never changed: capital letters and digits, such as {@code COCKPIT}
     * @param displayName the name as people write it
     * @throws IllegalArgumentException if the name has another form, or is that of a component that Camunda has
     */
    public static Component ofSnapshots(String name, String displayName) {
        if (name.contains("_")) {
            throw new IllegalArgumentException("The name of a component with snapshots must have no underscore, since"
                    + " its snapshots' names have them between their parts: " + name + ".");
        }
        return new Component(unused(name), requireText(displayName), "camunda_" + name.toLowerCase(Locale.ROOT) + "_");
    }

    /**
     * Reads what {@link #name()} wrote. A name that this version does not know is that of a component of a later one,
     * or of a user's own.
     *
     * @throws IllegalArgumentException if it cannot be the name of a component
     */
    public static Component parse(String name) {
        return known(name)
                .orElseGet(() -> new Component(
                        requireName(name), name.toLowerCase(Locale.ROOT).replace('_', ' '), ""));
    }

    /** The component whose snapshots' names begin so; empty if that is none. */
    static Optional<Component> ofSnapshotPrefix(String prefix, String word) {
        Optional<Component> known = KNOWN.stream()
                .filter(component -> component.snapshotPrefix.equals(prefix))
                .findFirst();
        String name = word.toUpperCase(Locale.ROOT);
        return known.isPresent()
                        || known(name).isPresent()
                        || !NAME.matcher(name).matches()
                ? known
                : Optional.of(new Component(name, word, prefix));
    }

    private static Optional<Component> known(String name) {
        return KNOWN.stream().filter(component -> component.name.equals(name)).findFirst();
    }

    private static String unused(String name) {
        if (known(requireName(name)).isPresent()) {
            throw new IllegalArgumentException("Camunda has a component with the name " + name + " already.");
        }
        return name;
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" cannot be the name of a component. Give capital letters, digits and underscores, such as"
                    + " DOCUMENT_STORE.");
        }
        return name;
    }

    private static String requireText(String displayName) {
        if (displayName.isBlank()) {
            throw new IllegalArgumentException("A component needs a name that people can read.");
        }
        return displayName;
    }

    /** The name in reports, journals and manifests, which is never changed: {@code WEB_APPLICATIONS}. */
    public String name() {
        return name;
    }

    /** The name as people write it, for messages and reports. */
    public String displayName() {
        return displayName;
    }

    /**
     * Whether its part of a backup are snapshots in the repository, so that the repository alone shows whether they are
     * there.
     */
    public boolean hasSnapshots() {
        return !snapshotPrefix.isEmpty();
    }

    /**
     * What the names of its snapshots begin with, before the backup id.
     *
     * @throws IllegalArgumentException if it has none
     */
    String snapshotPrefix() {
        if (snapshotPrefix.isEmpty()) {
            throw new IllegalArgumentException("The backups of " + displayName + " are no snapshots.");
        }
        return snapshotPrefix;
    }

    /** In the order of reports: those that Camunda has as in {@link #known()}, then all others by name. */
    @Override
    public int compareTo(Component other) {
        int order = Integer.compare(rank(), other.rank());
        return order == 0 ? name.compareTo(other.name) : order;
    }

    private int rank() {
        int index = KNOWN.indexOf(this);
        return index < 0 ? KNOWN.size() : index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Component component && name.equals(component.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The same as {@link #name()}. */
    @Override
    public String toString() {
        return name;
    }
}
