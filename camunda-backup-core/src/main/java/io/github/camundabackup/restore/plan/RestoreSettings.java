package io.github.camundabackup.restore.plan;

import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.internal.input.Durations;
import io.github.camundabackup.internal.text.Wildcards;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.CommandControl;
import io.github.camundabackup.snapshot.IndexSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of a restore. Immutable. */
public final class RestoreSettings {
    private final Map<Component, List<String>> prefixes;
    private final @Nullable CamundaLine line;
    private final Set<Obstacle.Code> acceptedCodes;
    private final Set<FindingCode> acceptedFindings;
    private final List<String> kept;
    private final Set<String> deleted;
    private final List<LeftOut> leftOut;
    private final Map<String, Long> expectedDocuments;
    private final @Nullable String installedVersion;
    private final OptionalInt brokers;
    private final OptionalInt partitions;
    private final Duration stepTimeout;
    private final @Nullable ClusterControl control;
    private final List<RestoreListener> listeners;
    private final IndexNames names;
    private final IndexSettings indexSettings;
    private final boolean throttlesRaised;
    private final boolean recoveryMode;

    private RestoreSettings(Builder builder) {
        prefixes = new TreeMap<>(builder.prefixes);
        line = builder.line;
        acceptedCodes = Set.copyOf(builder.acceptedCodes);
        acceptedFindings = Set.copyOf(builder.acceptedFindings);
        kept = List.copyOf(builder.kept);
        deleted = Set.copyOf(builder.deleted);
        leftOut = List.copyOf(builder.leftOut);
        expectedDocuments = Map.copyOf(builder.expectedDocuments);
        installedVersion = builder.installedVersion;
        brokers = builder.brokers;
        partitions = builder.partitions;
        stepTimeout = builder.stepTimeout;
        control = builder.control;
        listeners = List.copyOf(builder.listeners);
        names = builder.names;
        indexSettings = new IndexSettings(builder.ignored, builder.set);
        throttlesRaised = builder.throttlesRaised;
        recoveryMode = builder.recoveryMode;
    }

    private RestoreSettings(RestoreSettings other, CamundaLine line) {
        prefixes = other.prefixes;
        acceptedCodes = other.acceptedCodes;
        acceptedFindings = other.acceptedFindings;
        kept = other.kept;
        deleted = other.deleted;
        leftOut = other.leftOut;
        expectedDocuments = other.expectedDocuments;
        installedVersion = other.installedVersion;
        brokers = other.brokers;
        partitions = other.partitions;
        stepTimeout = other.stepTimeout;
        control = other.control;
        listeners = other.listeners;
        names = other.names;
        indexSettings = other.indexSettings;
        throttlesRaised = other.throttlesRaised;
        recoveryMode = other.recoveryMode;
        this.line = line;
    }

    /** The same settings for a cluster whose line is known; what these settings say themselves counts more. */
    public RestoreSettings forLine(Optional<CamundaLine> known) {
        return line != null || known.isEmpty() ? this : new RestoreSettings(this, known.get());
    }

    /** Collects settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static RestoreSettings defaults() {
        return builder().build();
    }

    /** What the names of a component's indices begin with: what was configured, or what any line says. */
    public List<String> indexPrefixes(Component component) {
        return Optional.ofNullable(prefixes.get(component)).orElseGet(() -> lines().indexPrefixes(component));
    }

    /** The lines that a backup may be of: those of this library, and one of the user's own. */
    public CamundaLines lines() {
        return CamundaLines.known().with(Optional.ofNullable(line));
    }

    /** Whether the caller accepts an obstacle. */
    public boolean accepts(Obstacle obstacle) {
        return obstacle.code() == Obstacle.Code.NOT_CONSISTENT
                ? obstacle.finding().filter(acceptedFindings::contains).isPresent()
                : acceptedCodes.contains(obstacle.code());
    }

    /** Whether an index that may be another cluster's is left alone. */
    public boolean keeps(String index) {
        return kept.stream().anyMatch(index::startsWith);
    }

    /** Whether an index that may be another cluster's is deleted. */
    public boolean deletes(String index) {
        return deleted.contains(index);
    }

    /** Whether an index of a snapshot is not restored. */
    public boolean leavesOut(String snapshot, String index) {
        return leftOut.stream().anyMatch(left -> left.matches(snapshot, index));
    }

    /**
     * What is to be left out and is in no snapshot, as texts.
     *
     * @param snapshots the indices of each snapshot by its name
     */
    public List<String> leftOutInVain(Map<String, List<String>> snapshots) {
        return leftOut.stream()
                .filter(left -> snapshots.getOrDefault(left.snapshot(), List.of()).stream()
                        .noneMatch(index -> left.matches(left.snapshot(), index)))
                .map(LeftOut::toString)
                .toList();
    }

    private record LeftOut(String snapshot, String index) {
        private boolean matches(String name, String candidate) {
            return snapshot.equals(name) && Wildcards.matcher(index).test(candidate);
        }

        @Override
        public String toString() {
            return index + " of " + snapshot;
        }
    }

    /** How many documents an index must hold after the restore; empty if not configured. */
    public OptionalLong expectedDocuments(String index) {
        Long expected = expectedDocuments.get(index);
        return expected == null ? OptionalLong.empty() : OptionalLong.of(expected);
    }

    /** The version of Camunda that will be started; empty if not configured. */
    public Optional<String> installedVersion() {
        return Optional.ofNullable(installedVersion);
    }

    /** How many brokers the cluster has; empty if not configured. */
    public OptionalInt brokers() {
        return brokers;
    }

    /** How many partitions the cluster is configured with; empty if not configured. */
    public OptionalInt partitions() {
        return partitions;
    }

    /** How long is waited for the end of what is seen from outside; see {@link Builder#stepTimeout}. */
    public Duration stepTimeout() {
        return stepTimeout;
    }

    /** The control that stops and starts components; empty if the caller does. */
    public Optional<ClusterControl> control() {
        return Optional.ofNullable(control);
    }

    public List<RestoreListener> listeners() {
        return listeners;
    }

    /**
     * What the names begin with under which indices are restored beside what there is; empty if under their own names.
     */
    public Optional<String> scratchPrefix() {
        return Optional.of(names.prefix()).filter(prefix -> names.areScratch());
    }

    /** Whether the brokers keep running; never where indices are restored under scratch names. */
    public boolean recoveryMode() {
        return recoveryMode && !names.areScratch();
    }

    /** In which settings the restored indices differ from those in the backup. */
    public IndexSettings indexSettings() {
        return indexSettings;
    }

    /** Whether the limits that slow a restore down are raised for its time. */
    public boolean throttlesRaised() {
        return throttlesRaised;
    }

    /** Under which names indices are restored. */
    public IndexNames names() {
        return names;
    }

    /** Collects {@link RestoreSettings}. Not thread-safe. */
    public static final class Builder {
        private final Map<Component, List<String>> prefixes = new TreeMap<>();
        private @Nullable CamundaLine line;
        private final Set<Obstacle.Code> acceptedCodes = EnumSet.noneOf(Obstacle.Code.class);
        private final Set<FindingCode> acceptedFindings = EnumSet.noneOf(FindingCode.class);
        private final List<String> kept = new ArrayList<>();
        private final Set<String> deleted = new TreeSet<>();
        private final List<LeftOut> leftOut = new ArrayList<>();
        private final Map<String, Long> expectedDocuments = new LinkedHashMap<>();
        private final List<String> ignored = new ArrayList<>();
        private final Map<String, String> set = new TreeMap<>();
        private final List<RestoreListener> listeners = new ArrayList<>();
        private @Nullable String installedVersion;
        private OptionalInt brokers = OptionalInt.empty();
        private OptionalInt partitions = OptionalInt.empty();
        private Duration stepTimeout = Duration.ofHours(2);
        private @Nullable ClusterControl control;
        private IndexNames names = new IndexNames("");
        private boolean throttlesRaised;
        private boolean recoveryMode;

        private Builder() {}

        /**
         * What the names of a component's indices begin with, where its index prefix is configured. Replaces the
         * defaults: {@code optimize-}, {@code operate-}, {@code tasklist-}, {@code zeebe-record}, and for the web
         * applications of 8.8 and later {@code operate-}, {@code tasklist-} and {@code camunda-}.
         *
         * @throws IllegalArgumentException if there is none, or one cannot be the beginning of an index name
         */
        public Builder indexPrefixes(Component component, String... all) {
            List<String> given = List.of(all);
            if (given.isEmpty() || !given.stream().allMatch(Builder::canBeginNames)) {
                throw new IllegalArgumentException(given
                        + " are no prefixes of index names. Give what the component's indices begin with, without a"
                        + " wildcard, such as operate-.");
            }
            prefixes.put(Objects.requireNonNull(component, "component"), given);
            return this;
        }

        /**
         * A line of the user's own, which says what the indices of its components are called and in which order they
         * start. A client knows the line that it is configured with. Default: those of this library.
         */
        public Builder line(CamundaLine line) {
            this.line = Objects.requireNonNull(line, "line");
            return this;
        }

        /**
         * Accepts obstacles of a kind. Default: none.
         *
         * @throws IllegalArgumentException if obstacles of this kind cannot be accepted. Findings of the consistency
         *     check are accepted one by one, see {@link #acceptFinding}
         */
        public Builder accept(Obstacle.Code code) {
            if (!code.isAcceptable() || code == Obstacle.Code.NOT_CONSISTENT) {
                throw new IllegalArgumentException(code + " cannot be accepted.");
            }
            acceptedCodes.add(code);
            return this;
        }

        /** Restores in spite of a finding of the consistency check, named by its code. Default: none. */
        public Builder acceptFinding(FindingCode code) {
            acceptedFindings.add(Objects.requireNonNull(code, "code"));
            return this;
        }

        /** Leaves indices alone whose names begin so, because they are another cluster's. Default: none. */
        public Builder keep(String namePrefix) {
            if (namePrefix.isBlank()) {
                throw new IllegalArgumentException("Give what the names of the other indices begin with.");
            }
            kept.add(namePrefix);
            return this;
        }

        /** Deletes an index that could be another cluster's and is not. Its complete name. Default: none. */
        public Builder delete(String index) {
            deleted.add(Objects.requireNonNull(index, "index"));
            return this;
        }

        /**
         * Does not restore indices of a snapshot: ones that do not belong there, ones that are in another snapshot too,
         * or all of a part that was taken wrongly. What there is in the engine under such a name is treated as if the
         * snapshot did not hold it. Default: everything is restored.
         *
         * @param snapshot the complete name of one of the backup's snapshots
         * @param index the name of an index, or a pattern with {@code *}
         */
        public Builder leaveOut(String snapshot, String index) {
            if (snapshot.isBlank() || snapshot.contains("*") || index.isBlank()) {
                throw new IllegalArgumentException(
                        "Give the complete name of a snapshot of the backup, and the name of an index in it or a"
                                + " pattern with *.");
            }
            leftOut.add(new LeftOut(snapshot, index));
            return this;
        }

        /** How many documents an index must hold after the restore, where they have been counted. Default: unknown. */
        public Builder expectDocuments(String index, long documents) {
            expectedDocuments.put(Objects.requireNonNull(index, "index"), documents);
            return this;
        }

        /**
         * The version of Camunda that will be started, such as {@code 8.6.0}. It must be the backup's; where the
         * patches of components differ, Zeebe's, and a warning names the others. Default: not compared, which the plan
         * says.
         */
        public Builder installedVersion(String version) {
            installedVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * How many brokers there are, to list what is to be done on each. Default: described once, for every broker.
         */
        public Builder brokers(int count) {
            brokers = OptionalInt.of(positive(count, "brokers"));
            return this;
        }

        /**
         * How many partitions the cluster is configured with. It must be the backup's number. Default: not compared,
         * which the plan says.
         */
        public Builder partitions(int count) {
            partitions = OptionalInt.of(positive(count, "partitions"));
            return this;
        }

        /**
         * How long is waited, each time, until all components that were asked to stop refuse connections, for the
         * restore of a snapshot to go on, until all documents can be counted, and until components that were started
         * answer; and for each answer of the snapshot store. What a {@link ClusterControl} does in between has limits
         * of its own, such as {@link CommandControl.Builder#timeout}. Default: 2 h.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder stepTimeout(Duration timeout) {
            stepTimeout = Durations.positive(timeout, "step timeout");
            return this;
        }

        /**
         * The control that stops the components, restores Zeebe and starts everything. Default: none; then the
         * components must be stopped before, and what is left to do afterwards is in the report.
         */
        public Builder control(ClusterControl control) {
            this.control = Objects.requireNonNull(control, "control");
            return this;
        }

        /**
         * Restores a cluster from 8.10 on while its brokers keep running: it enters recovery mode, and restores Zeebe
         * itself. Asked for at its REST API, with the permission BACKUP:RESTORE. A {@link #control} then only stops and
         * starts what is no part of the orchestration cluster, as Optimize; without such components, none is needed.
         * The indices of the web applications' sessions are left as they are, since a running cluster makes them again
         * at any time (camunda#63338). Has no meaning with a {@link #scratchPrefix}. Default: the cluster is stopped.
         */
        public Builder recoveryMode() {
            recoveryMode = true;
            return this;
        }

        /** Takes {@link #control} back: for settings that come from elsewhere, where no component may be touched. */
        public Builder withoutControl() {
            control = null;
            return this;
        }

        /**
         * Leaves settings of the indices out of the restore, so that a backup of one cluster fits another: nodes that
         * are called otherwise, or a block. Default: none.
         *
         * @param names whole names, or patterns with {@code *}, such as {@code index.routing.allocation.*} or
         *     {@code index.blocks.*}
         * @throws IllegalArgumentException if one is no name of an index setting, or of one that engines cannot leave
         *     out
         */
        public Builder ignoreIndexSettings(String... names) {
            List<String> more = List.of(names);
            ignored.addAll(new IndexSettings(more, Map.of()).leftOut());
            return this;
        }

        /**
         * Sets something of all restored indices, whatever the backup holds, such as {@code index.number_of_replicas}.
         * Default: nothing.
         *
         * @throws IllegalArgumentException if it is no name of an index setting, or of one that engines cannot set
         */
        public Builder indexSetting(String name, String value) {
            set.putAll(new IndexSettings(List.of(), Map.of(name, value)).set());
            return this;
        }

        /**
         * Raises the limits that the engine sets to the speed of restores for the time of this one: of
         * {@code indices.recovery.max_bytes_per_sec} and
         * {@code cluster.routing.allocation.node_initial_primaries_recoveries}, those that slow it down. The plan names
         * them. They are put back however the restore ends; if its process is killed, by the next restore from the same
         * repository that is not under scratch names, or by {@code recover()}. They hold for all that the engine
         * recovers, so do not raise them on an engine with other work that must go on as before. Where the account may
         * not, the restore goes on at the engine's pace, which its report says. Default: nothing is raised.
         */
        public Builder raiseThrottles() {
            throttlesRaised = true;
            return this;
        }

        /** Adds a listener. Default: none. */
        public Builder listener(RestoreListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Restores beside what there is, under names that begin so: to look at a backup, or to rehearse its restore.
         * Nothing is stopped, nothing else is deleted, no alias is restored, and nothing is left to do for Zeebe.
         * Default: under the indices' own names.
         *
         * @param prefix such as {@code scratch-}
         * @throws IllegalArgumentException if it cannot be the beginning of an index name
         */
        public Builder scratchPrefix(String prefix) {
            if (!canBeginNames(prefix) || prefix.contains("$")) {
                throw new IllegalArgumentException(
                        "Names of indices cannot begin with \"" + prefix + "\". Give something like scratch-.");
            }
            names = new IndexNames(prefix);
            return this;
        }

        /**
         * @throws IllegalStateException if scratch names would begin as those of the cluster's indices do: its
         *     components would take them for their own
         */
        public RestoreSettings build() {
            CamundaLines lines = CamundaLines.known().with(Optional.ofNullable(line));
            lines.components().stream()
                    .flatMap(component -> prefixes.getOrDefault(component, lines.indexPrefixes(component)).stream())
                    .filter(prefix -> names.areScratch()
                            && (names.prefix().startsWith(prefix) || prefix.startsWith(names.prefix())))
                    .findFirst()
                    .ifPresent(prefix -> {
                        throw new IllegalStateException("Scratch names that begin with " + names.prefix()
                                + " can be mistaken for the cluster's own, which begin with " + prefix
                                + ". Give another scratch prefix.");
                    });
            return new RestoreSettings(this);
        }

        private static boolean canBeginNames(String prefix) {
            return prefix.matches("[a-z0-9][^\\s*,?\"<>|\\\\/#A-Z]*");
        }

        private static int positive(int count, String what) {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "There is at least one of the " + what + ", but " + count + " was given.");
            }
            return count;
        }
    }
}
