package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.consistency.ComponentSummary;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.Severity;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.StartOrder;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RecoveryPlan;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a restore plan from the facts. Sends nothing; every rule is applied even if another one forbids the restore
 * already.
 */
final class PlanRules {
    private static final Set<FindingCode> UNUSABLE_SNAPSHOT = Collections.unmodifiableSet(EnumSet.of(
            FindingCode.SNAPSHOT_FAILED,
            FindingCode.SNAPSHOT_INCOMPATIBLE,
            FindingCode.SNAPSHOT_UNREADABLE,
            FindingCode.SNAPSHOT_RUNNING,
            FindingCode.SNAPSHOT_STATE_UNKNOWN));

    /** Found by the same rules here, of what the settings do not leave out. */
    private static final Set<FindingCode> CONTENTS =
            Collections.unmodifiableSet(EnumSet.of(FindingCode.INDEX_TWICE, FindingCode.INDEX_FOREIGN));

    private final PlanFacts facts;
    private final RestoreSettings settings;
    private final List<String> lacking;
    private final CamundaLines lines;
    private final IndexRules indices;
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param lacking what the control lacks
     */
    PlanRules(PlanFacts facts, RestoreSettings settings, List<String> lacking) {
        this.facts = facts;
        this.settings = settings;
        this.lacking = lacking;
        lines = facts.lines();
        indices = new IndexRules(facts, settings, this::obstacle, warnings::add);
    }

    RestorePlan plan() {
        consistency();
        tenant();
        usable();
        engine();
        indices.prefixes();
        indices.leftOut();
        Map<Component, Set<String>> versions = versions();
        OptionalInt partitions = partitions();
        version(versions);
        Map<String, String> restored = indices.restored();
        List<String> deletions = indices.deletions(restored);
        indices.target(deletions);
        if (!settings.names().areScratch()) {
            running();
            recovery();
            strangers();
            notCompared(versions, partitions);
            defects(versions.getOrDefault(Component.ZEEBE, all(versions)));
            otherTenants(all(versions));
        }
        ZeebeRestore zeebe = new ZeebeRestore(
                facts.backupId(),
                settings.recoveryMode() ? OptionalInt.of(0) : settings.brokers(),
                partitions,
                lines,
                facts.tenant());
        obstacles.addAll(PlanCheck.incomplete(lacking));
        return new RestorePlan(
                facts.backupId(),
                facts.snapshotStore(),
                facts.consistency(),
                versions,
                components(),
                deletions,
                restored,
                facts.snapshots().stream().map(BackupSnapshot::restore).toList(),
                zeebe,
                startOrder(versions),
                standing(),
                warnings,
                settings.names(),
                facts.throttles(),
                facts.recovery().plan());
    }

    private void recovery() {
        facts.recovery().refusals().forEach(why -> obstacle(Code.CLUSTER_REFUSES, why));
        warnings.addAll(facts.recovery().notes());
    }

    /** A cluster that runs says it itself. */
    private Optional<String> installedVersion() {
        return facts.recovery().plan().map(RecoveryPlan::version).or(settings::installedVersion);
    }

    /** As {@link #installedVersion}. */
    private OptionalInt configuredPartitions() {
        return facts.recovery()
                .plan()
                .map(plan -> OptionalInt.of(plan.partitions()))
                .orElseGet(settings::partitions);
    }

    private void defects(Set<String> versions) {
        versions.stream()
                .flatMap(version -> lines.ofVersion(version).stream()
                        .flatMap(line -> line.defects(version).stream())
                        .map(defect -> "Zeebe " + version + " " + defect.consequence()))
                .findFirst()
                .ifPresent(warnings::add);
    }

    /** In recovery mode the cluster itself deletes what is this tenant's; no answer tells whether there are others. */
    private void otherTenants(Set<String> versions) {
        boolean possible = versions.stream()
                .flatMap(version -> lines.ofVersion(version).stream())
                .anyMatch(CamundaLine::hasPhysicalTenants);
        if (possible && facts.tenant().isDefault() && !settings.recoveryMode()) {
            warnings.add(
                    "If the cluster has physical tenants besides the default one, their data is on the same brokers:"
                            + " then delete the data of the default tenant alone.");
        }
    }

    /** That of the line which the backup is of, or else of one which has these components. */
    private StartOrder startOrder(Map<Component, Set<String>> versions) {
        CamundaLines known = versions.values().stream()
                .flatMap(Set::stream)
                .flatMap(version -> lines.ofVersion(version).stream())
                .findFirst()
                .map(CamundaLines::of)
                .orElse(lines);
        return StartOrder.of(components(), known);
    }

    private void running() {
        facts.running().forEach(sentence -> {
            if (settings.control().isPresent()) {
                warnings.add(sentence + ". It is going to be stopped.");
            } else {
                obstacle(
                        Code.COMPONENTS_RUN,
                        sentence
                                + ". Stop it before this plan is executed: it would write into what is being"
                                + " restored.");
            }
        });
        if (facts.configured().isEmpty()) {
            warnings.add(
                    "No endpoint of Camunda is configured, so it is not checked that the components are stopped, or"
                            + " that they answer when they are started.");
        }
    }

    /**
     * Optimize that was added after the backup would go on where its imports are, behind which a restored cluster
     * begins again.
     */
    private void strangers() {
        Set<Component> present = facts.snapshots().stream()
                .map(snapshot -> snapshot.name().component())
                .collect(Collectors.toCollection(() -> new TreeSet<>(Set.of(Component.ZEEBE))));
        facts.configured().stream()
                .filter(component -> !present.contains(component))
                .forEach(component -> obstacle(
                        Code.COMPONENT_NOT_IN_BACKUP,
                        "The backup holds nothing of " + component.displayName()
                                + ", which is configured. Its indices would stay as they are, ahead of everything"
                                + " else. Delete them, so that it begins anew, and accept this; or restore a backup"
                                + " that holds it."));
    }

    private void notCompared(Map<Component, Set<String>> versions, OptionalInt partitions) {
        List<String> open = new ArrayList<>();
        if (installedVersion().isEmpty()) {
            open.add("the installed version with the backup's (" + String.join(" and ", all(versions)) + ")");
        }
        if (configuredPartitions().isEmpty()) {
            open.add("the configured number of partitions with the backup's ("
                    + (partitions.isPresent() ? partitions.getAsInt() : "not known") + ")");
        }
        if (!open.isEmpty()) {
            warnings.add("Not compared, as the settings do not tell: " + String.join("; ", open) + ".");
        }
    }

    private List<Obstacle> standing() {
        return obstacles.stream()
                .filter(obstacle -> {
                    boolean accepted = settings.accepts(obstacle);
                    if (accepted) {
                        warnings.add("Accepted: " + obstacle);
                    }
                    return !accepted;
                })
                .toList();
    }

    private void consistency() {
        ConsistencyReport report = facts.consistency();
        report.findings().stream()
                // Said of the snapshot itself, and not to be accepted: no engine restores it.
                .filter(finding -> !UNUSABLE_SNAPSHOT.contains(finding.code()) && !CONTENTS.contains(finding.code()))
                .forEach(finding -> {
                    if (finding.severity() == Severity.NOTE) {
                        return;
                    }
                    if (report.isRestorable() || finding.code() == FindingCode.NOT_ASKED) {
                        warnings.add("Not verified: " + finding.evidence() + " " + finding.advice());
                    } else {
                        obstacles.add(new Obstacle(
                                Code.NOT_CONSISTENT,
                                Optional.of(finding.code()),
                                finding.component()
                                                .map(component -> component.displayName() + ": ")
                                                .orElse("")
                                        + finding.evidence() + " " + finding.advice()));
                    }
                });
    }

    /** The check does not compare them where no component can be asked, as in most restores. */
    private void tenant() {
        if (facts.consistency().findings().stream().anyMatch(found -> found.code() == FindingCode.TENANT_FOREIGN)) {
            return;
        }
        facts.snapshots().stream()
                .flatMap(snapshot -> snapshot.tenant().stream())
                .filter(written -> !written.equals(facts.tenant()))
                .findFirst()
                .ifPresent(written -> obstacles.add(new Obstacle(
                        Code.NOT_CONSISTENT,
                        Optional.of(FindingCode.TENANT_FOREIGN),
                        "The backup is that of the physical tenant " + written
                                + ", and this is a restore of the tenant " + facts.tenant() + ". "
                                + FindingCode.TENANT_FOREIGN.advice())));
    }

    private void usable() {
        facts.snapshots()
                .forEach(snapshot -> snapshot.problem()
                        .ifPresent(problem -> obstacle(
                                Code.SNAPSHOT_UNUSABLE,
                                "The snapshot " + snapshot.info() + " " + problem + ". Restore another backup.")));
        facts.shards()
                .damaged()
                .values()
                .forEach(why -> obstacle(Code.SNAPSHOT_UNUSABLE, why + " Restore another backup."));
        facts.shards().refused().values().stream()
                .findFirst()
                .ifPresent(why -> warnings.add("Not verified whether the snapshots' shards can be read: " + why));
    }

    private void engine() {
        warnings.addAll(facts.unseen());
        if (facts.engine().isEmpty()) {
            warnings.add(
                    "Not verified whether the engine is as new as the one that made the snapshots: the account lacks"
                            + " the privilege to see its version.");
        }
        facts.engine()
                .ifPresent(engine -> facts.snapshots().stream()
                        .filter(snapshot -> snapshot.isNewerThan(engine))
                        .findFirst()
                        .ifPresent(snapshot -> obstacle(
                                Code.ENGINE_TOO_OLD,
                                "The snapshot " + snapshot.info()
                                        + " was made by a later version of the engine, which "
                                        + engine + " calls "
                                        + snapshot.info().engineVersion()
                                        + " and restores nothing of. Upgrade the engine to the version"
                                        + " that made it.")));
    }

    private Map<Component, Set<String>> versions() {
        Map<Component, Set<String>> versions = new TreeMap<>();
        facts.snapshots()
                .forEach(snapshot -> snapshot.name()
                        .version()
                        .ifPresent(version -> versions.computeIfAbsent(
                                        snapshot.name().component(), key -> new TreeSet<>())
                                .add(version)));
        zeebe().filter(zeebe -> !zeebe.versions().isEmpty())
                .ifPresent(zeebe -> versions.put(Component.ZEEBE, new TreeSet<>(zeebe.versions())));
        return versions;
    }

    /** The number of partitions, if it is known. */
    private OptionalInt partitions() {
        OptionalInt partitions = zeebe().map(ComponentSummary::partsExpected).orElse(OptionalInt.empty());
        OptionalInt configured = configuredPartitions();
        if (partitions.isPresent() && configured.orElse(partitions.getAsInt()) != partitions.getAsInt()) {
            obstacle(
                    Code.PARTITION_COUNT_MISMATCH,
                    "The backup has " + partitions.getAsInt() + " partitions, and the cluster is configured with "
                            + configured.getAsInt()
                            + ". Zeebe refuses to restore that. Configure the brokers with the backup's number.");
        }
        return partitions;
    }

    private Optional<ComponentSummary> zeebe() {
        return facts.consistency().components().stream()
                .filter(summary -> summary.component().equals(Component.ZEEBE))
                .findFirst();
    }

    private static Set<String> all(Map<Component, Set<String>> versions) {
        return versions.values().stream()
                .flatMap(Set::stream)
                .map(version -> version.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void version(Map<Component, Set<String>> versions) {
        installedVersion().ifPresent(installed -> {
            String given = installed.toLowerCase(Locale.ROOT);
            // One version is given; where the components' patches differ, it is that of Zeebe, which restores nothing
            // of another.
            Set<String> zeebe = versions.containsKey(Component.ZEEBE)
                    ? all(Map.of(Component.ZEEBE, versions.get(Component.ZEEBE)))
                    : all(versions);
            if (!zeebe.isEmpty() && !zeebe.contains(given)) {
                obstacle(
                        Code.VERSION_MISMATCH,
                        "The backup is of version " + String.join(" and ", zeebe) + ", and " + installed
                                + " is installed. Install exactly the backup's version, restore, and upgrade"
                                + " afterwards.");
            }
            versions.forEach((component, of) -> {
                if (!component.equals(Component.ZEEBE)
                        && !all(Map.of(component, of)).equals(Set.of(given))) {
                    warnings.add(component.displayName() + " must be installed in version " + String.join(" and ", of)
                            + ", not in " + installed + ".");
                }
            });
        });
    }

    private List<Component> components() {
        if (settings.names().areScratch()) {
            return List.of();
        }
        return facts.configured().isEmpty()
                ? Stream.concat(
                                facts.snapshots().stream()
                                        .map(snapshot -> snapshot.name().component())
                                        .filter(component -> !component.equals(Component.ZEEBE_RECORDS)),
                                Stream.of(Component.ZEEBE))
                        .distinct()
                        .sorted()
                        .toList()
                : RestorePlanner.toStop(facts.configured(), settings);
    }

    private void obstacle(Code code, String message) {
        obstacles.add(Obstacle.of(code, message));
    }
}
