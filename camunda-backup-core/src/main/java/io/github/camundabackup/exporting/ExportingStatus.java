package io.github.camundabackup.exporting;

import io.github.camundabackup.error.RemoteCallException;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The exporters' phases as the brokers report them. Immutable. */
public final class ExportingStatus {
    private final List<PartitionStatus> partitions;
    private final Set<Integer> expected;
    private final Optional<Summary> reported;
    private final Optional<RemoteCallException> unreported;
    private final Map<URI, RemoteCallException> unreadable;

    /**
     * @param expected the partitions that the cluster has, as far as known
     * @param reported what the gateway says of all replicas; empty if it does not tell
     * @param unreported why the gateway could not be asked
     */
    ExportingStatus(
            List<PartitionStatus> partitions,
            Set<Integer> expected,
            Optional<Summary> reported,
            Optional<RemoteCallException> unreported,
            Map<URI, RemoteCallException> unreadable) {
        this.partitions = List.copyOf(partitions);
        this.expected = Set.copyOf(expected);
        this.reported = reported;
        this.unreported = unreported;
        this.unreadable = Map.copyOf(unreadable);
    }

    /** Every partition of every broker that could be read: a partition appears once for each of its replicas. */
    public List<PartitionStatus> partitions() {
        return partitions;
    }

    /** The leaders among these, of which there is one for each partition whose leader could be read. */
    public List<PartitionStatus> leaders() {
        return partitions.stream().filter(PartitionStatus::leader).toList();
    }

    /** The numbers of the partitions that the cluster has, as its gateway reports them; none if it does not. */
    public Set<Integer> expectedPartitions() {
        return expected;
    }

    /** Whether a leader was seen in one of the given phases; also where others could not be read. */
    public boolean hasLeaderIn(ExporterPhase... phases) {
        return leaders().stream().anyMatch(leader -> Arrays.asList(phases).contains(leader.phase()));
    }

    /**
     * What the gateway says of all replicas of all partitions (8.10 and later, in the REST API); empty if it does not
     * tell.
     */
    public Optional<Summary> reported() {
        return reported;
    }

    /** Why the gateway could not be asked; empty if it could. */
    public Optional<RemoteCallException> unreported() {
        return unreported;
    }

    /** Whether a partition exports without a pause, as its leader says or, where none could be asked, the gateway. */
    public boolean isExporting() {
        return hasLeaderIn(ExporterPhase.EXPORTING) || reports(Summary.EXPORTING);
    }

    /** As {@link #isExporting}, for a pause of any kind. */
    public boolean isPaused() {
        return hasLeaderIn(ExporterPhase.SOFT_PAUSED, ExporterPhase.PAUSED)
                || reports(Summary.SOFT_PAUSED, Summary.PAUSED);
    }

    /** Whether a change of the phase is under way still, or has reached some only: the gateway's word alone. */
    public boolean isMixed() {
        return reports(Summary.MIXED);
    }

    private boolean reports(Summary... phases) {
        return leaders().isEmpty()
                && reported.filter(Arrays.asList(phases)::contains).isPresent();
    }

    /** The brokers that could not be read, and why: a gateway without a broker of its own answers 404, for example. */
    public Map<URI, RemoteCallException> unreadable() {
        return unreadable;
    }

    /**
     * The phase of the leaders of all partitions that were seen; where they were not, what the gateway says.
     *
     * @return {@link Summary#UNKNOWN} if a broker could not be read, or the leader of a partition was not seen, and the
     *     gateway does not tell: a missing answer confirms nothing
     */
    public Summary summary() {
        Summary shown = shown();
        return shown == Summary.UNKNOWN ? reported.orElse(shown) : shown;
    }

    /** As {@link #summary}, from the leaders alone. */
    Summary shown() {
        Set<Integer> withoutLeader = new HashSet<>(expected);
        partitions.forEach(partition -> withoutLeader.add(partition.partitionId()));
        Set<ExporterPhase> phases = EnumSet.noneOf(ExporterPhase.class);
        leaders().forEach(partition -> {
            withoutLeader.remove(partition.partitionId());
            phases.add(partition.phase());
        });
        if (phases.isEmpty()
                || !withoutLeader.isEmpty()
                || !unreadable.isEmpty()
                || phases.contains(ExporterPhase.UNKNOWN)) {
            return Summary.UNKNOWN;
        }
        if (phases.size() > 1) {
            return Summary.MIXED;
        }
        return switch (phases.iterator().next()) {
            case EXPORTING -> Summary.EXPORTING;
            case SOFT_PAUSED -> Summary.SOFT_PAUSED;
            case PAUSED -> Summary.PAUSED;
            case CLOSED, UNKNOWN -> Summary.UNKNOWN;
        };
    }

    @Override
    public String toString() {
        return summary() + " " + partitions + (unreadable.isEmpty() ? "" : ", could not read " + unreadable.keySet());
    }

    /** All partitions in one word. */
    public enum Summary {
        /** All leaders export. */
        EXPORTING,
        /** All leaders are softly paused. */
        SOFT_PAUSED,
        /** All leaders are paused. */
        PAUSED,
        /** The leaders differ. */
        MIXED,
        /** It is not known. */
        UNKNOWN
    }
}
