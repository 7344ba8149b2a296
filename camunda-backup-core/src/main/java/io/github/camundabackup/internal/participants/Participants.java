package io.github.camundabackup.internal.participants;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All participants of one cluster's backups; the cluster's line is known. Immutable. */
public final class Participants {
    private final CamundaCluster cluster;
    private final List<Participant> all;

    Participants(CamundaCluster cluster, List<Participant> all) {
        this.cluster = cluster;
        this.all = List.copyOf(all);
    }

    /** The cluster that was asked. */
    public CamundaCluster cluster() {
        return cluster;
    }

    public CamundaLine line() {
        return cluster.line();
    }

    /** The lines that the cluster may be of. */
    public CamundaLines lines() {
        return cluster.lines();
    }

    public List<Participant> all() {
        return all;
    }

    /** The components of all participants. */
    public Set<Component> components() {
        return all.stream().map(Participant::component).collect(Collectors.toCollection(TreeSet::new));
    }

    public Optional<Participant> of(Component component) {
        return all.stream()
                .filter(participant -> participant.component().equals(component))
                .findFirst();
    }

    /** What a backup of all of them does. */
    public BackupPlan plan() {
        Map<Component, String> texts = new LinkedHashMap<>();
        all.forEach(participant -> texts.put(participant.component(), participant.planText()));
        return BackupPlan.of(line(), texts);
    }
}
