package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One component in one line: its backup endpoint, its indices, and what is normal for it. Immutable. */
public final class LineComponent {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Component component;
    private final @Nullable String path;
    private final @Nullable String restPath;
    private final Duration absentGrace;
    private final Duration incompleteGrace;
    private final Duration unclearGrace;
    private final boolean listNeedsVerbose;
    private final boolean tellsCheckpoints;
    private final boolean inZeebesProcess;
    private final boolean mayBeAskedAgain;
    private final boolean namesPhysicalTenant;
    private final String endpointAdvice;
    private final boolean importsRecords;
    private final List<String> indexPrefixes;
    private final IndexNaming indexNaming;
    private final @Nullable String provingIndex;
    private final @Nullable String importPositions;
    private final @Nullable String worthlessIndex;
    private final List<LeftOutIndices> leftOut;
    private final List<KnownDefect> templateDefects;

    private LineComponent(Builder builder) {
        component = builder.component;
        path = builder.path;
        restPath = builder.restPath;
        absentGrace = builder.absentGrace;
        incompleteGrace = builder.incompleteGrace;
        unclearGrace = builder.unclearGrace;
        listNeedsVerbose = builder.listNeedsVerbose;
        tellsCheckpoints = builder.tellsCheckpoints;
        inZeebesProcess = builder.inZeebesProcess;
        mayBeAskedAgain = builder.mayBeAskedAgain;
        namesPhysicalTenant = builder.namesPhysicalTenant;
        endpointAdvice = builder.endpointAdvice;
        importsRecords = builder.importsRecords;
        indexPrefixes = List.copyOf(builder.indexPrefixes);
        indexNaming = builder.indexNaming;
        provingIndex = builder.provingIndex;
        importPositions = builder.importPositions;
        worthlessIndex = builder.worthlessIndex;
        leftOut = List.copyOf(builder.leftOut);
        templateDefects = List.copyOf(builder.templateDefects);
    }

    /** Collects what is known of a component. */
    public static Builder builder(Component component) {
        return new Builder(component);
    }

    public Component component() {
        return component;
    }

    /**
     * The actuator endpoint of its backups, such as {@code backups}; empty for one that has none, as the exported
     * records.
     */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /**
     * Where its backups are in the cluster's REST API, below {@code /v2/backups}, such as {@code runtime}; empty where
     * that has none.
     */
    public Optional<String> restPath() {
        return Optional.ofNullable(restPath);
    }

    /** For how long an accepted backup may be answered with "not found". */
    public Duration absentGrace() {
        return absentGrace;
    }

    /** For how long an accepted backup may stay INCOMPLETE without any change. */
    public Duration incompleteGrace() {
        return incompleteGrace;
    }

    /** For how long the component may refuse or fail to answer the question for a backup's state. */
    public Duration unclearGrace() {
        return unclearGrace;
    }

    /**
     * Whether a list that is refused with 400 is asked for again with {@code verbose=true}.
     *
     * @see <a href="https://github.com/camunda/camunda/pull/35021">camunda/camunda#35021</a>
     */
    public boolean listNeedsVerbose() {
        return listNeedsVerbose;
    }

    /** Whether it can be asked for its checkpoints, and so for what continuous backups there are. */
    public boolean tellsCheckpoints() {
        return tellsCheckpoints;
    }

    /** Whether it is a part of the process that is Zeebe, so that both may be served at one endpoint. */
    public boolean isInZeebesProcess() {
        return inZeebesProcess;
    }

    /**
     * Whether a request for a backup may be sent again under the same id when its answer was lost: Zeebe then takes
     * what is missing of it, or says that it has all.
     */
    public boolean mayBeAskedAgain() {
        return mayBeAskedAgain;
    }

    /**
     * Whether requests to its actuator endpoint name a physical tenant. Without that they are about all tenants from
     * 8.10 on; before, it is passed over, so that lines whose endpoints look like those of 8.10 have it too.
     *
     * @see <a href="https://github.com/camunda/camunda/issues/57014">camunda#57014</a>
     */
    public boolean namesPhysicalTenant() {
        return namesPhysicalTenant;
    }

    /** What to do if its path is not served at the endpoint that is configured for it: sentences. */
    public String endpointAdvice() {
        return endpointAdvice;
    }

    /** Whether it imports exported records, so that a backup of it is worth little without these. */
    public boolean importsRecords() {
        return importsRecords;
    }

    /**
     * Whether Zeebe's exporter itself writes the component's indices, so that exported records say nothing about these.
     */
    public boolean isWrittenByExporter() {
        return path != null && !indexPrefixes.isEmpty() && !importsRecords;
    }

    /** What the names of its indices begin with unless configured otherwise; none if it has no indices. */
    public List<String> indexPrefixes() {
        return indexPrefixes;
    }

    /** How it names its indices. */
    public IndexNaming indexNaming() {
        return indexNaming;
    }

    /**
     * A regular expression for what follows the prefix in the names of indices that the component makes from its first
     * start on, in every version: they prove that a prefix is the component's own, and not the beginning of another
     * cluster's longer one. Empty if it has none.
     */
    public Optional<String> provingIndex() {
        return Optional.ofNullable(provingIndex);
    }

    /**
     * What names of the indices contain in which it remembers how far it has imported records, in its part 1; empty if
     * it has none.
     */
    public Optional<String> importPositions() {
        return Optional.ofNullable(importPositions);
    }

    /**
     * A regular expression for what follows the prefix in the names of indices in which nothing is worth keeping: a
     * backup may lack them, and a restore deletes them. Empty if it has none.
     */
    public Optional<String> worthlessIndex() {
        return Optional.ofNullable(worthlessIndex);
    }

    /** The indices that a version of it leaves out of its backups by mistake; normally none. */
    public List<LeftOutIndices> leftOut(String version) {
        return leftOut.stream()
                .filter(indices -> indices.defect().affects(version))
                .toList();
    }

    /** Why a version of it does not make its index templates again that are missing; normally it does. */
    public List<KnownDefect> templateDefects(String version) {
        return templateDefects.stream()
                .filter(defect -> defect.affects(version))
                .toList();
    }

    /** A builder with everything that this says, for another line in which it differs in little. */
    public Builder toBuilder() {
        Builder builder = new Builder(component);
        builder.path = path;
        builder.restPath = restPath;
        builder.absentGrace = absentGrace;
        builder.incompleteGrace = incompleteGrace;
        builder.unclearGrace = unclearGrace;
        builder.listNeedsVerbose = listNeedsVerbose;
        builder.tellsCheckpoints = tellsCheckpoints;
        builder.inZeebesProcess = inZeebesProcess;
        builder.mayBeAskedAgain = mayBeAskedAgain;
        builder.namesPhysicalTenant = namesPhysicalTenant;
        builder.endpointAdvice = endpointAdvice;
        builder.importsRecords = importsRecords;
        builder.indexPrefixes = indexPrefixes;
        builder.indexNaming = indexNaming;
        builder.provingIndex = provingIndex;
        builder.importPositions = importPositions;
        builder.worthlessIndex = worthlessIndex;
        builder.leftOut.addAll(leftOut);
        builder.templateDefects.addAll(templateDefects);
        return builder;
    }

    @Override
    public String toString() {
        return component + path().map(name -> " at /actuator/" + name).orElse("");
    }

    /** Collects a {@link LineComponent}. Not thread-safe. */
    public static final class Builder {
        private final Component component;
        private @Nullable String path;
        private @Nullable String restPath;
        private Duration absentGrace = MINUTE;
        private Duration incompleteGrace = MINUTE;
        private Duration unclearGrace = MINUTE;
        private boolean listNeedsVerbose;
        private boolean tellsCheckpoints;
        private boolean inZeebesProcess;
        private boolean mayBeAskedAgain;
        private boolean namesPhysicalTenant;
        private String endpointAdvice = "Check the port and the context path.";
        private boolean importsRecords;
        private List<String> indexPrefixes = List.of();
        private IndexNaming indexNaming = IndexNaming.VERSIONED;
        private @Nullable String provingIndex;
        private @Nullable String importPositions;
        private @Nullable String worthlessIndex;
        private final List<LeftOutIndices> leftOut = new ArrayList<>();
        private final List<KnownDefect> templateDefects = new ArrayList<>();

        private Builder(Component component) {
            this.component = Objects.requireNonNull(component, "component");
        }

        /** The actuator endpoint of its backups. Default: none. */
        public Builder path(String endpoint) {
            path = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /** See {@link LineComponent#restPath}. Default: none. */
        public Builder restPath(String belowBackups) {
            restPath = Objects.requireNonNull(belowBackups, "belowBackups");
            return this;
        }

        /** See {@link LineComponent#absentGrace}. Default: 1 min. */
        public Builder absentGrace(Duration grace) {
            absentGrace = Objects.requireNonNull(grace, "grace");
            return this;
        }

        /** See {@link LineComponent#incompleteGrace}. Default: 1 min. */
        public Builder incompleteGrace(Duration grace) {
            incompleteGrace = Objects.requireNonNull(grace, "grace");
            return this;
        }

        /** See {@link LineComponent#unclearGrace}. Default: 1 min. */
        public Builder unclearGrace(Duration grace) {
            unclearGrace = Objects.requireNonNull(grace, "grace");
            return this;
        }

        /** See {@link LineComponent#tellsCheckpoints}. Default: not. */
        public Builder tellsCheckpoints() {
            tellsCheckpoints = true;
            return this;
        }

        /** See {@link LineComponent#listNeedsVerbose}. Default: not. */
        public Builder listNeedsVerbose() {
            listNeedsVerbose = true;
            return this;
        }

        /** See {@link LineComponent#isInZeebesProcess}. Default: it is a process of its own. */
        public Builder inZeebesProcess() {
            inZeebesProcess = true;
            return this;
        }

        /** See {@link LineComponent#mayBeAskedAgain}. Default: not. */
        public Builder mayBeAskedAgain() {
            mayBeAskedAgain = true;
            return this;
        }

        /** See {@link LineComponent#namesPhysicalTenant}. Default: not. */
        public Builder namesPhysicalTenant() {
            namesPhysicalTenant = true;
            return this;
        }

        /** See {@link LineComponent#endpointAdvice}. Default: to check the port and the context path. */
        public Builder endpointAdvice(String sentences) {
            endpointAdvice = Objects.requireNonNull(sentences, "sentences");
            return this;
        }

        /** See {@link LineComponent#importsRecords}. Default: not. */
        public Builder importsRecords() {
            importsRecords = true;
            return this;
        }

        /** What the names of its indices begin with. Default: it has no indices. */
        public Builder indices(IndexNaming naming, String... prefixes) {
            indexNaming = Objects.requireNonNull(naming, "naming");
            indexPrefixes = List.of(prefixes);
            return this;
        }

        /** See {@link LineComponent#provingIndex}. Default: none. */
        public Builder provingIndex(String regularExpression) {
            provingIndex = Objects.requireNonNull(regularExpression, "regularExpression");
            return this;
        }

        /** See {@link LineComponent#importPositions}. Default: none. */
        public Builder importPositions(String marker) {
            importPositions = Objects.requireNonNull(marker, "marker");
            return this;
        }

        /** See {@link LineComponent#worthlessIndex}. Default: none. */
        public Builder worthlessIndex(String regularExpression) {
            worthlessIndex = Objects.requireNonNull(regularExpression, "regularExpression");
            return this;
        }

        /** Adds a defect by which versions do not make missing index templates again. Default: none. */
        public Builder templateDefect(KnownDefect defect) {
            templateDefects.add(Objects.requireNonNull(defect, "defect"));
            return this;
        }

        /** Adds indices that versions leave out of their backups by mistake. Default: none. */
        public Builder leavesOut(LeftOutIndices indices) {
            leftOut.add(Objects.requireNonNull(indices, "indices"));
            return this;
        }

        public LineComponent build() {
            return new LineComponent(this);
        }
    }
}
