package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Rehearses a restore: before the tests of a class it restores the latest backup that can be restored, where nothing in
 * use is touched; the tests assert on what was restored; afterwards it is removed, and a report says how long the
 * restore took and how old the backup was.
 *
 * <pre>{@code
 * class OurRestoreDrill {
 *     @RegisterExtension
 *     static final RestoreDrill DRILL = RestoreDrill.builder()
 *             .store(productionStore())
 *             .scratchEngine(scratchStore())
 *             .build();
 *
 *     @Test
 *     void everyProcessIsThere(RestoredBackup backup) {
 *         assertThat(backup.documents("operate-process-8.3.0_")).isGreaterThan(100);
 *     }
 * }
 * }</pre>
 *
 * <p>It is restored <em>into a scratch engine</em> under the indices' own names, or, if there is none, <em>under
 * scratch names</em> into the engine in use, without aliases. What is rehearsed is the search engine's part; Zeebe's is
 * restored by its own application.
 *
 * <p>Parameters of tests, of {@code @BeforeAll} methods and so on can be: {@link RestoredBackup},
 * {@link RestoreReport}, {@link RestorePlan}, {@link ConsistencyReport}, {@link SnapshotStore} (that of the engine
 * where the backup was restored) and, if a cluster is configured, {@link CamundaCluster}, which is the one in use.
 * Nested classes share the drill of the class around them.
 *
 * <p>A drill that cannot be made fails the class with one message: nothing to restore, a scratch engine that is the one
 * in use, and so on. Immutable; the field must be static.
 */
public final class RestoreDrill
        implements BeforeAllCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver,
                TestWatcher,
                InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(RestoreDrill.class);

    private final Function<ExtensionContext, DrillSetup> source;

    private RestoreDrill(Function<ExtensionContext, DrillSetup> source) {
        this.source = source;
    }

    /** Collects a drill. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A drill that is configured from outside: by JUnit's configuration parameters such as
     * {@code camunda-backup.search-engine-url} (which can be system properties), or by variables of the environment
     * such as {@code CAMUNDA_BACKUP_SEARCH_ENGINE_URL}; the guide lists all. They are read when the class begins. One
     * that is missing or makes no sense fails the class with a message that names it.
     *
     * @param stores makes the snapshot stores
     */
    public static RestoreDrill configured(DrillStores stores) {
        return configured(stores, drill -> drill);
    }

    /**
     * As {@link #configured(DrillStores)}, with more said in code. What is said from outside goes before.
     *
     * @param stores makes the snapshot stores
     * @param code says the rest, each time a class begins
     */
    public static RestoreDrill configured(DrillStores stores, UnaryOperator<Builder> code) {
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(code, "code");
        return new RestoreDrill(context -> new DrillConfiguration(context).open(stores, code.apply(builder())));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (find(context).isPresent()) {
            return;
        }
        DrillSetup setup = source.apply(context);
        ActiveDrill drill = new ActiveDrill(context, setup);
        drill.begin();
        context.getStore(NAMESPACE).put(this, drill);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> testFailed(context, failure));
        Optional<ActiveDrill> drill = find(context).filter(active -> active.isOf(context));
        if (drill.isPresent()) {
            context.getStore(NAMESPACE).remove(this);
            drill.get().end(context);
        }
    }

    /** A {@link TestWatcher} is not called for what makes tests. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class)) {
            context.getExecutionException().ifPresent(failure -> testFailed(context, failure));
        }
    }

    /** A {@link TestWatcher} is not called for the tests that are made so. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            testFailed(context, e);
            throw e;
        }
        testSuccessful(context);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        find(context).ifPresent(drill -> drill.tests().passed());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        find(context)
                .ifPresent(drill -> drill.tests()
                        .failed(context.getDisplayName(), cause == null ? new AssertionError("no reason") : cause));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(
                        RestoredBackup.class,
                        RestoreReport.class,
                        RestorePlan.class,
                        ConsistencyReport.class,
                        SnapshotStore.class,
                        CamundaCluster.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ActiveDrill drill = find(context)
                .orElseThrow(
                        () -> new ParameterResolutionException(
                                "There was no drill before this class. Declare the RestoreDrill as a static field with @RegisterExtension."));
        RestoredBackup backup = drill.backup();
        Class<?> type = parameter.getParameter().getType();
        if (type == RestoreReport.class) {
            return backup.restore();
        }
        if (type == RestorePlan.class) {
            return backup.plan();
        }
        if (type == ConsistencyReport.class) {
            return backup.consistency();
        }
        if (type == SnapshotStore.class) {
            return backup.store();
        }
        return type == CamundaCluster.class ? drill.cluster() : backup;
    }

    /** This drill, of the class or of one around it. */
    private Optional<ActiveDrill> find(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(this, ActiveDrill.class));
    }

    /** Collects a {@link RestoreDrill}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SnapshotStore store;
        private @Nullable SnapshotStore scratchEngine;
        private @Nullable ClusterEndpoints cluster;
        private @Nullable BackupId backupId;
        private @Nullable ClientResources resources;
        private boolean clear;
        private String scratchPrefix = "restore-drill-";
        private Duration leftoverAge = Duration.ofDays(1);
        private UnaryOperator<RestoreSettings.Builder> restoreSettings = UnaryOperator.identity();
        private Path reportDirectory = Path.of("target", "restore-drills");

        Builder() {}

        /**
         * The repository with the backups, on the engine in use. Required. Stays the caller's, as does that of a
         * scratch engine.
         */
        public Builder store(SnapshotStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Another engine to restore into, on which the same repository is registered, best read-only. It must report
         * its {@link SnapshotStore#engineId()}, so that it cannot be the engine in use by mistake. For one drill at a
         * time. Default: none; then the backup is restored under scratch names.
         */
        public Builder scratchEngine(SnapshotStore scratch) {
            scratchEngine = Objects.requireNonNull(scratch, "scratch");
            return this;
        }

        /**
         * Deletes indices on the scratch engine that have the cluster's names: what a killed drill has left. Default:
         * such a drill is refused, as the scratch engine could be in use.
         */
        public Builder clearScratchEngine() {
            clear = true;
            return this;
        }

        /**
         * The cluster in use: its components are asked for their parts of the backup. Default: the repository alone is.
         */
        public Builder cluster(ClusterEndpoints endpoints) {
            cluster = Objects.requireNonNull(endpoints, "endpoints");
            return this;
        }

        /** Which backup. Default: the latest that can be restored. */
        public Builder backup(BackupId backupId) {
            this.backupId = Objects.requireNonNull(backupId, "backupId");
            return this;
        }

        /**
         * What scratch names begin with; the backup id and the time follow. Must be used for nothing else. Default:
         * {@code restore-drill-}.
         *
         * @throws IllegalArgumentException if it cannot be the beginning of an index name
         * @throws IllegalStateException if the cluster's own indices begin so
         */
        public Builder scratchPrefix(String prefix) {
            RestoreSettings.builder().scratchPrefix(prefix).build();
            scratchPrefix = prefix;
            return this;
        }

        /**
         * From which age on indices with scratch names are those of a killed drill, and are removed. Younger ones may
         * be those of a drill that runs at the same time: they are only named. Default: one day.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder leftoverAge(Duration age) {
            if (age.isNegative()) {
                throw new IllegalArgumentException("The age of leftovers must not be negative, but was " + age + ".");
            }
            leftoverAge = age;
            return this;
        }

        /**
         * Index prefixes, findings to accept, counts to expect and more, as for a real restore. A control among them is
         * left out: no drill stops components, or restores their Zeebe. Default: the defaults.
         */
        public Builder restoreSettings(UnaryOperator<RestoreSettings.Builder> settings) {
            restoreSettings = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** Settings that are applied after those there are. */
        void alsoRestoreSettings(UnaryOperator<RestoreSettings.Builder> more) {
            UnaryOperator<RestoreSettings.Builder> before = restoreSettings;
            restoreSettings = settings -> more.apply(before.apply(settings));
        }

        /**
         * Where the report is written, as {@code <test class>.json} and {@code .txt}. Default:
         * {@code target/restore-drills}.
         */
        public Builder reportDirectory(Path directory) {
            reportDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Threads and time; stay the caller's. Default: resources of the drill's own. */
        public Builder resources(ClientResources resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
            return this;
        }

        /**
         * @throws IllegalStateException if there is no store
         */
        public RestoreDrill build() {
            if (store == null) {
                throw new IllegalStateException(
                        "There is no snapshot store. Give the one of the repository that holds the backups.");
            }
            DrillSettings settings = settings();
            ClientResources given = resources;
            return new RestoreDrill(
                    context -> given == null ? own(settings) : new DrillSetup(settings, given, List.of()));
        }

        Optional<ClientResources> resources() {
            return Optional.ofNullable(resources);
        }

        private static DrillSetup own(DrillSettings settings) {
            ClientResources own = ClientResources.create();
            return new DrillSetup(settings, own, List.of(own::close));
        }

        DrillSettings settings() {
            return new DrillSettings(
                    Objects.requireNonNull(store, "store"),
                    Optional.ofNullable(scratchEngine),
                    clear,
                    Optional.ofNullable(cluster),
                    Optional.ofNullable(backupId),
                    scratchPrefix,
                    leftoverAge,
                    restoreSettings,
                    reportDirectory);
        }
    }
}
