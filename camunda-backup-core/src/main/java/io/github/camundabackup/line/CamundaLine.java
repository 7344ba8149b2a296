package io.github.camundabackup.line;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A line of Camunda: releases that are backed up and restored alike, and all that is known of them, as one table. Two
 * lines are the same if their ids are. Immutable.
 *
 * <p>The procedures are Camunda's
 * (<a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/backup/">documentation</a>).
 */
public final class CamundaLine {
    /**
     * 8.5 to 8.7: Operate and Tasklist are applications of their own that import Zeebe's records, so they are backed up
     * first, and exporting is paused only around the records and Zeebe.
     */
    public static final CamundaLine UP_TO_8_7 = LineUpTo87.table();

    /**
     * 8.8: the exporter writes the web applications' indices itself, so exporting is paused before their backup starts.
     */
    public static final CamundaLine V8_8 = Line88.table();

    /** 8.9: as 8.8; Zeebe can also make backups with ids of its own. */
    public static final CamundaLine V8_9 = Line89.table();

    /** 8.10: as 8.9; the same backups can also be asked for with the REST API. */
    public static final CamundaLine V8_10 = Line810.table();

    private final String id;
    private final String displayName;
    private final List<String> releases;
    private final SortedMap<Component, LineComponent> components;
    private final BackupOrder order;
    private final List<Component> startsFirst;
    private final Map<Component, String> elsewhere;
    private final List<KnownDefect> defects;
    private final String restoredLogLine;
    private final String home;

    private CamundaLine(Builder builder, String displayName) {
        id = builder.id;
        this.displayName = displayName;
        releases = List.copyOf(builder.releases);
        components = Collections.unmodifiableSortedMap(new TreeMap<>(builder.components));
        order = new BackupOrder(builder.beforePause, builder.inPause);
        startsFirst = List.copyOf(builder.startsFirst);
        elsewhere = Map.copyOf(builder.elsewhere);
        defects = List.copyOf(builder.defects);
        restoredLogLine = builder.restoredLogLine;
        home = builder.home;
    }

    /**
     * Collects a line.
     *
     * @param id in reports and manifests, and never changed, such as {@code 8.8} or {@code 8.5-8.7}
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** The name in reports, journals and manifests, such as {@code 8.8}. */
    public String id() {
        return id;
    }

    /** The releases in words, for messages and reports: {@code Camunda 8.5 to 8.7}. */
    public String displayName() {
        return displayName;
    }

    /** What people call a line whose id was written down, whether this version knows the line or not. */
    public static String nameOf(String id) {
        return "Camunda " + id.replace("-", " to ");
    }

    /** The releases, without patches: {@code 8.5}, {@code 8.6}, {@code 8.7}. */
    public List<String> releases() {
        return releases;
    }

    /** Whether a version, such as {@code 8.6.0}, is of this line. */
    public boolean includes(String version) {
        return releases.stream().anyMatch(release -> version.equals(release) || version.startsWith(release + "."));
    }

    /** What the line has, in the order of reports. */
    public Collection<LineComponent> components() {
        return components.values();
    }

    /** What the line says of a component; empty if it has no such one. */
    public Optional<LineComponent> component(Component component) {
        return Optional.ofNullable(components.get(component));
    }

    /** Whether the line has all of these components, or they are none that any line has. */
    public boolean has(Collection<Component> wanted) {
        return wanted.stream()
                .allMatch(component ->
                        components.containsKey(component) || !Component.known().contains(component));
    }

    /** The order in which the components are backed up. */
    public BackupOrder order() {
        return order;
    }

    /**
     * The order with components that the line does not know, such as a user's own: they are taken together with the
     * applications.
     */
    public BackupOrder orderWith(Collection<Component> participants) {
        return order.with(List.copyOf(participants));
    }

    /** Whether its orchestration clusters can have physical tenants besides the default one: those with a REST API. */
    public boolean hasPhysicalTenants() {
        return component(Component.ZEEBE).flatMap(LineComponent::restPath).isPresent();
    }

    /** Whether a component imports exported records. */
    public boolean isImporter(Component component) {
        return component(component).filter(LineComponent::importsRecords).isPresent();
    }

    /** What must be started, and answer, before the others are started, in order. */
    public List<Component> startsFirst() {
        return startsFirst;
    }

    /**
     * Where a component is in this line that other lines have and this one has not, as the end of a sentence; empty if
     * it has it.
     */
    public Optional<String> elsewhere(Component component) {
        return Optional.ofNullable(elsewhere.get(component));
    }

    /** The known defects of this line that a version has. */
    public List<KnownDefect> defects(String version) {
        return defects.stream().filter(defect -> defect.affects(version)).toList();
    }

    /** What the restore application logs at its end, or what that begins with. */
    public String restoredLogLine(BackupId backupId) {
        return restoredLogLine.replace("{id}", backupId.toString());
    }

    /**
     * Where a broker is installed in Camunda's images: what it runs is in {@code bin} there, and its data in
     * {@code data}.
     */
    public String home() {
        return home;
    }

    /** This line where a later one looks the same: the same table, and a name that says so. */
    public CamundaLine orLater() {
        return new CamundaLine(toBuilder(id).releases(releases.toArray(String[]::new)), nameOf(id) + " or later");
    }

    /**
     * A builder with everything that this line says but its releases, for another line that differs in little.
     *
     * @param otherId the other line's id
     */
    public Builder toBuilder(String otherId) {
        Builder builder = new Builder(otherId);
        builder.components.putAll(components);
        builder.beforePause.addAll(order.beforePause());
        builder.inPause.addAll(order.inPause());
        builder.startsFirst.addAll(startsFirst);
        builder.elsewhere.putAll(elsewhere);
        builder.defects.addAll(defects);
        builder.restoredLogLine = restoredLogLine;
        builder.home = home;
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CamundaLine line && id.equals(line.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The same as {@link #displayName()}. */
    @Override
    public String toString() {
        return displayName;
    }

    /** Collects a {@link CamundaLine}. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final List<String> releases = new ArrayList<>();
        private final Map<Component, LineComponent> components = new LinkedHashMap<>();
        private final List<List<Component>> beforePause = new ArrayList<>();
        private final List<List<Component>> inPause = new ArrayList<>();
        private final List<Component> startsFirst = new ArrayList<>();
        private final Map<Component, String> elsewhere = new LinkedHashMap<>();
        private final List<KnownDefect> defects = new ArrayList<>();
        private String restoredLogLine = "Successfully restored";
        private String home = "/usr/local/camunda";

        private Builder(String id) {
            if (!id.matches("[0-9A-Za-z.-]+")) {
                throw new IllegalArgumentException(
                        "\"" + id + "\" cannot be the id of a line. Give its releases, such as 8.8 or 8.5-8.7.");
            }
            this.id = id;
        }

        /** The releases, without patches. Replaces those that were given before. */
        public Builder releases(String... withoutPatch) {
            releases.clear();
            releases.addAll(List.of(withoutPatch));
            return this;
        }

        /** Adds a component, or replaces what was said of it. */
        public Builder component(LineComponent component) {
            components.put(component.component(), Objects.requireNonNull(component, "component"));
            return this;
        }

        /** The next group that is backed up before exporting is paused. */
        public Builder beforePause(Component... together) {
            beforePause.add(List.of(together));
            return this;
        }

        /** The next group that is backed up while exporting is paused. */
        public Builder inPause(Component... together) {
            inPause.add(List.of(together));
            return this;
        }

        /** Forgets the order, to give another one. */
        public Builder withoutOrder() {
            beforePause.clear();
            inPause.clear();
            return this;
        }

        /**
         * What must be started, and answer, before the others are started, in order. Replaces what was given before.
         */
        public Builder startsFirst(Component... first) {
            startsFirst.clear();
            startsFirst.addAll(List.of(first));
            return this;
        }

        /**
         * A component that other lines have and this one has not.
         *
         * @param sentenceEnd where it is instead, and what to configure
         */
        public Builder elsewhere(Component component, String sentenceEnd) {
            elsewhere.put(component, sentenceEnd);
            return this;
        }

        /** Adds a defect. */
        public Builder defect(KnownDefect defect) {
            defects.add(Objects.requireNonNull(defect, "defect"));
            return this;
        }

        /**
         * What the restore application logs at its end, or what that begins with; {@code {id}} stands for the backup
         * id.
         */
        public Builder restoredLogLine(String line) {
            restoredLogLine = Objects.requireNonNull(line, "line");
            return this;
        }

        /** Where a broker is installed in its images. Default: {@code /usr/local/camunda}, as from 8.8 on. */
        public Builder home(String directory) {
            home = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * @throws IllegalStateException if there are no releases, or components have no place in the order, or a place
         *     and nothing else
         */
        public CamundaLine build() {
            CamundaLine line = new CamundaLine(this, CamundaLine.nameOf(id));
            List<Component> ordered = line.order.components();
            String strays = components.keySet().stream()
                    .filter(component -> !ordered.contains(component))
                    .map(Component::name)
                    .collect(Collectors.joining(", "));
            String unknown = ordered.stream()
                    .filter(component -> !components.containsKey(component))
                    .map(Component::name)
                    .collect(Collectors.joining(", "));
            if (releases.isEmpty() || !strays.isEmpty() || !unknown.isEmpty()) {
                throw new IllegalStateException("The line " + id + " is not complete."
                        + (releases.isEmpty() ? " It has no releases." : "")
                        + (strays.isEmpty() ? "" : " It has no place in the order for " + strays + ".")
                        + (unknown.isEmpty() ? "" : " It says nothing of " + unknown + "."));
            }
            return line;
        }
    }
}
