package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checks before a backup changes anything: each participant, the repository, exporting, and components that have
 * data but are not configured. All checks are made even if one fails, so that an operator gets the whole list at once.
 * The checks have no effect.
 */
final class Preflight implements Examination {
    private static final String PROCESSING = "PROCESSING";
    /** After the first one; more are needed only if others go on taking backups meanwhile. */
    private static final int MOST_CHOICES = 3;

    private final Participants participants;
    private final CamundaCluster cluster;
    private final SnapshotStore store;
    private final BackupId backupId;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final UsedIds used;

    private Preflight(Participants participants, SnapshotStore store, BackupId backupId) {
        this.participants = participants;
        cluster = participants.cluster();
        this.store = store;
        this.backupId = backupId;
        used = new UsedIds("the repository " + store.repository());
    }

    /**
     * What the checks have shown.
     *
     * @param backupId the id that can be used
     */
    record Passed(BackupId backupId, List<String> warnings) {}

    /**
     * Makes the checks.
     *
     * @param wanted the id; empty to have one chosen, for which all is checked again if it is not the time in seconds
     * @return fails with {@link PreflightFailedException}
     */
    static CompletableFuture<Passed> check(
            Participants participants, SnapshotStore store, Optional<BackupId> wanted, TimeSource time) {
        return wanted.map(given -> new Preflight(participants, store, given).check())
                .orElseGet(() ->
                        choose(participants, store, time, BackupId.ofEpochSecond(time.now()), List.of(), MOST_CHOICES));
    }

    private static CompletableFuture<Passed> choose(
            Participants participants,
            SnapshotStore store,
            TimeSource time,
            BackupId candidate,
            List<String> remarks,
            int choices) {
        Preflight preflight = new Preflight(participants, store, candidate);
        return preflight.all().thenCompose(done -> {
            Optional<UsedIds.Choice> other =
                    choices == 0 ? Optional.empty() : preflight.used.other(candidate, time.now());
            if (other.isEmpty() || !preflight.problems.isEmpty()) {
                if (other.isEmpty()) {
                    preflight.used.problem(candidate).ifPresent(preflight.problems::add);
                }
                preflight.warnings.addAll(remarks);
                return CompletableFuture.completedFuture(preflight.passed());
            }
            return choose(
                    participants,
                    store,
                    time,
                    other.get().backupId(),
                    other.get().remarks(),
                    choices - 1);
        });
    }

    @Override
    public BackupId backupId() {
        return backupId;
    }

    @Override
    public CamundaLine line() {
        return participants.line();
    }

    @Override
    public Set<Component> components() {
        return participants.components();
    }

    @Override
    public void problem(String sentence) {
        problems.add(sentence);
    }

    @Override
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void usedId(BackupId id, String knownTo) {
        used.add(id, knownTo);
    }

    private CompletableFuture<Passed> check() {
        return all().thenApply(done -> {
            used.problem(backupId).ifPresent(problems::add);
            return passed();
        });
    }

    private Passed passed() {
        if (!problems.isEmpty()) {
            throw new PreflightFailedException(List.copyOf(problems));
        }
        return new Passed(backupId, List.copyOf(warnings));
    }

    private CompletableFuture<List<Void>> all() {
        leftOut();
        Stream<CompletableFuture<Void>> each = participants.all().stream().map(this::examine);
        Stream<CompletableFuture<Void>> others = Stream.of(repository(), privileges(), exporting());
        Stream<CompletableFuture<Void>> forgotten =
                line().components().stream().filter(this::isForgettable).map(this::forgotten);
        return Futures.all(
                Stream.of(each, others, forgotten).flatMap(checks -> checks).toList());
    }

    private CompletableFuture<Void> examine(Participant participant) {
        return participant.examine(this).exceptionally(error -> {
            problem(error);
            return null;
        });
    }

    private void leftOut() {
        if (!components().contains(Component.ZEEBE_RECORDS)
                && components().stream().anyMatch(line()::isImporter)) {
            warnings.add("The exported records are left out, although components are backed up that read them. After a"
                    + " restore, these may lack data.");
        }
    }

    private CompletableFuture<Void> repository() {
        List<String> unreadable = Collections.synchronizedList(new ArrayList<>());
        Set<PhysicalTenant> others = ConcurrentHashMap.newKeySet();
        return store.verifyRepository()
                .thenCompose(verified -> {
                    verified.alsoAs()
                            .forEach(other -> problems.add("The engine has the place of the repository "
                                    + store.repository() + " registered as " + other
                                    + ", too. What is written by one of the two breaks the other one: snapshots fail,"
                                    + " and complete ones are lost. Remove one of them (DELETE _snapshot/" + other
                                    + " forgets it, and keeps its files), or register it with \"readonly\": true."));
                    return store.list(List.of("camunda_*"), snapshot -> {
                        SnapshotName.parseOutcome(snapshot.name()).ifPresent(id -> used.addOwn(id));
                        tenant(snapshot)
                                .filter(other -> !other.equals(cluster.physicalTenant()))
                                .ifPresent(others::add);
                        SnapshotName.parse(snapshot.name()).ifPresent(name -> {
                            used.addOwn(name.backupId());
                            if (snapshot.state() == SnapshotState.IN_PROGRESS) {
                                problems.add("The snapshot " + snapshot.name() + " is being made in the repository "
                                        + store.repository() + " at the moment. Wait until it is complete.");
                            }
                            if (snapshot.state() == SnapshotState.UNREADABLE) {
                                unreadable.add(snapshot.name());
                            }
                        });
                    });
                })
                .thenRun(() -> unreadable.stream()
                        .min(String::compareTo)
                        .ifPresent(first -> problems.add("The repository " + store.repository() + " names "
                                + unreadable.size() + " snapshots whose files cannot be read, the first of them "
                                + first
                                + ". New snapshots build upon files of older ones. Bring its storage in order, or"
                                + " delete these snapshots with the engine if they are lost.")))
                .thenRun(() -> others.forEach(other -> problems.add("The repository " + store.repository()
                        + " holds backups of the physical tenant " + other + ", and this is one of the tenant "
                        + cluster.physicalTenant()
                        + ". The names of snapshots do not tell tenants apart: give each a repository of its own.")))
                .exceptionally(error -> {
                    problem(error);
                    return null;
                });
    }

    /** Whose backup a snapshot belongs to, if it tells. */
    private static Optional<PhysicalTenant> tenant(SnapshotInfo snapshot) {
        try {
            return BackupManifest.fromMetadata(snapshot.metadata()).map(BackupManifest::physicalTenant);
        } catch (IllegalArgumentException ofALaterVersion) {
            return Optional.empty();
        }
    }

    private CompletableFuture<Void> privileges() {
        return store.missingPrivileges().handle((missing, error) -> {
            if (error == null) {
                problems.addAll(missing);
            }
            // Whatever else fails here fails in the check of the repository, too, which says it.
            return null;
        });
    }

    private CompletableFuture<Void> exporting() {
        ExportingClient exporting = cluster.exporting();
        return exporting.status().handle((status, error) -> {
            if (error != null) {
                problem(error);
                return null;
            }
            // On this wire, whoever may not ask for the phase may not pause.
            status.unreported()
                    .filter(denied ->
                            cluster.wire(Component.ZEEBE) == Wire.REST && denied instanceof AccessDeniedException)
                    .ifPresent(this::problem);
            if (status.isPaused()) {
                problems.add("Exporting is paused already (" + phases(status)
                        + "): another backup is going on, or one was interrupted. If none is going on, resume it with"
                        + " POST "
                        + exporting.resumeUri() + " and start again.");
            } else if (status.leaders().isEmpty() && status.reported().isPresent()) {
                warnings.add(
                        "The REST API tells that exporting is paused, but not up to which positions. So nothing can"
                                + " show afterwards that the pause was held all the time, and a check may end"
                                + " UNVERIFIABLE. Configure the management ports of all brokers to have it proven.");
            } else if (status.summary() != ExportingStatus.Summary.EXPORTING) {
                warnings.add("The exporters' phases cannot be read from the leaders of all partitions, so the pause can"
                        + " only be confirmed by the gateway. Configure the management ports of all brokers to"
                        + " have it confirmed by the partitions themselves.");
            }
            status.leaders().stream()
                    .filter(leader ->
                            !leader.processorPhase().orElse(PROCESSING).equals(PROCESSING))
                    .forEach(leader -> problems.add("Partition " + leader.partitionId() + " on " + leader.broker()
                            + " is not healthy: its stream processor is in the phase "
                            + leader.processorPhase().orElse("")
                            + ". Wait until it is processing again."));
            return null;
        });
    }

    private static String phases(ExportingStatus status) {
        return status.leaders().isEmpty()
                ? "all partitions: " + status.summary()
                : status.leaders().stream()
                        .map(partition -> "partition " + partition.partitionId() + ": " + partition.phase())
                        .collect(Collectors.joining(", "));
    }

    /** The records are left out on purpose or not at all. */
    private boolean isForgettable(LineComponent component) {
        return component.path().isPresent()
                && !component.indexPrefixes().isEmpty()
                && participants.of(component.component()).isEmpty();
    }

    /** An application that has data but is not configured would be missed only at the restore. */
    private CompletableFuture<Void> forgotten(LineComponent application) {
        List<String> patterns = application.indexPrefixes().stream()
                .map(application.indexNaming()::pattern)
                .toList();
        return store.listIndices(patterns).handle((indices, error) -> {
            if (error == null && !indices.isEmpty()) {
                warnings.add("There are indices like " + indices.get(0).name() + ", but no endpoint of "
                        + application.component().displayName()
                        + " is configured: its data is not part of this backup.");
            }
            return null;
        });
    }

    private void problem(Throwable error) {
        Throwable cause = Futures.unwrap(error);
        problems.add(cause instanceof CamundaBackupException ? String.valueOf(cause.getMessage()) : cause.toString());
    }
}
