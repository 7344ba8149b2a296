package io.github.camundabackup.continuous;

import io.github.camundabackup.continuous.RestoreChoice.Impossible;
import io.github.camundabackup.continuous.RestoreChoice.Possible;
import io.github.camundabackup.continuous.RestoreChoice.Reason;
import io.github.camundabackup.continuous.RestoreChoice.Rule;
import io.github.camundabackup.continuous.RestoreChoice.Uncertain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a dump of the database can be restored to, with Zeebe's continuous backups: the rule by which Camunda's restore
 * application chooses, applied before anything is lost. Pure computation; immutable.
 *
 * <p>Where the exported positions are known between bounds only, a restore is possible if it is for every position
 * between them, and impossible if it is for none.
 *
 * @see <a href="https://github.com/camunda/camunda/pull/48185">camunda#48185: which backups the restore application
 *     takes</a>
 */
public final class RestorePoints {
    private final Map<Integer, PositionBounds> positions;
    private final Map<Integer, PartitionHistory> histories;

    private RestorePoints(Map<Integer, PositionBounds> positions, Map<Integer, PartitionHistory> histories) {
        this.positions = positions;
        this.histories = histories;
    }

    /**
     * The restore points of a dump.
     *
     * @param positions up to where each partition had been exported into it
     * @param histories what Zeebe has of each partition of the cluster; one that is in neither is not noticed
     */
    public static RestorePoints of(Map<Integer, PositionBounds> positions, Collection<PartitionHistory> histories) {
        return new RestorePoints(
                new TreeMap<>(positions),
                histories.stream()
                        .collect(Collectors.toMap(
                                PartitionHistory::partition, history -> history, (one, other) -> one, TreeMap::new)));
    }

    /** What the restore application will choose, or why it will refuse. */
    public RestoreChoice choose(RestoreWindow window) {
        Reasons reasons = new Reasons();
        Map<Integer, CheckpointRange> usable = usableRanges(window, reasons);
        if (reasons.any()) {
            return reasons.choice();
        }
        List<Checkpoint> common = commonCheckpoints(usable);
        if (common.isEmpty()) {
            reasons.add(OptionalInt.empty(), Rule.COMMON_CHECKPOINT, !mayShareOne(usable), noneInCommon(usable));
            return reasons.choice();
        }
        Checkpoint target = window.to().map(to -> nearest(common, to)).orElse(common.get(common.size() - 1));
        return reach(target, usable, window);
    }

    /**
     * All checkpoints that a restore can end at, ascending: give the restore their time, as the end of its window. None
     * where {@link #choose} knows of no partition that it can be restored, or is uncertain of one.
     */
    public List<RestorePoint> all() {
        Reasons reasons = new Reasons();
        Map<Integer, CheckpointRange> usable = usableRanges(RestoreWindow.newest(), reasons);
        if (reasons.any()) {
            return List.of();
        }
        return commonCheckpoints(usable).stream()
                .map(target -> reach(target, usable, RestoreWindow.newest()))
                .flatMap(choice -> choice instanceof Possible possible
                        ? Optional.of(possible.point()).stream()
                        : Optional.<RestorePoint>empty().stream())
                .toList();
    }

    private Map<Integer, CheckpointRange> usableRanges(RestoreWindow window, Reasons reasons) {
        Map<Integer, CheckpointRange> usable = new TreeMap<>();
        TreeSet<Integer> partitions = new TreeSet<>(histories.keySet());
        partitions.addAll(positions.keySet());
        for (int partition : partitions) {
            PartitionHistory history = histories.get(partition);
            PositionBounds bounds = positions.get(partition);
            if (bounds == null) {
                reasons.add(partition, Rule.POSITION_KNOWN, true, "The database has no exported position of it.");
            } else if (history == null) {
                reasons.add(
                        partition,
                        Rule.POSITION_KNOWN,
                        false,
                        "The database has an exported position of it, and Zeebe says nothing of it: either this is"
                                + " another cluster's database, or a broker did not answer.");
            } else {
                Optional<CheckpointRange> range = history.ranges().stream()
                        .filter(each -> beginsInTime(each, window)
                                && begins(each) <= bounds.lowest()
                                && ends(each) >= bounds.highest())
                        .findFirst();
                range.ifPresentOrElse(
                        found -> usable.put(partition, found),
                        () -> reasons.add(
                                partition,
                                Rule.IN_A_RANGE,
                                history.ranges().stream().noneMatch(each -> mayHold(each, bounds, window)),
                                "No range holds its exported position " + bounds + from(window) + ". The ranges are: "
                                        + text(history.ranges()) + "."));
            }
        }
        return usable;
    }

    /** Whether a range that may be usable is not known well enough, or holds some of the positions between the bounds. */
    private static boolean mayHold(CheckpointRange range, PositionBounds bounds, RestoreWindow window) {
        boolean inTime = window.from().isEmpty() || range.start().time().isEmpty() || beginsInTime(range, window);
        boolean from = range.start().firstPosition().isEmpty()
                || range.start().firstPosition().getAsLong() <= bounds.highest();
        boolean to = range.end().position().isEmpty() || range.end().position().getAsLong() >= bounds.lowest();
        return inTime && from && to;
    }

    private static boolean beginsInTime(CheckpointRange range, RestoreWindow window) {
        return window.from()
                .map(from -> range.start()
                        .time()
                        .filter(start -> !start.isAfter(from))
                        .isPresent())
                .orElse(true);
    }

    private static long begins(CheckpointRange range) {
        return range.start().firstPosition().orElse(Long.MAX_VALUE);
    }

    private static long ends(CheckpointRange range) {
        return range.end().position().orElse(Long.MIN_VALUE);
    }

    /** Those of the first partition that are in the ranges of all, and not before the exported position of any. */
    private List<Checkpoint> commonCheckpoints(Map<Integer, CheckpointRange> usable) {
        TreeSet<Long> common = new TreeSet<>();
        boolean first = true;
        for (Map.Entry<Integer, CheckpointRange> each : usable.entrySet()) {
            TreeSet<Long> here = within(each.getKey(), each.getValue()).stream()
                    .filter(checkpoint -> checkpoint.position().orElse(Long.MIN_VALUE)
                            >= bounds(each.getKey()).highest())
                    .map(Checkpoint::id)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (first) {
                common = here;
                first = false;
            } else {
                common.retainAll(here);
            }
        }
        TreeSet<Long> ids = common;
        return usable.isEmpty()
                ? List.of()
                : within(
                                usable.keySet().iterator().next(),
                                usable.values().iterator().next())
                        .stream()
                        .filter(checkpoint -> ids.contains(checkpoint.id()))
                        .toList();
    }

    /** Whether there would be a common checkpoint if the exported positions were as low as they may be. */
    private boolean mayShareOne(Map<Integer, CheckpointRange> usable) {
        return usable.entrySet().stream()
                .map(each -> within(each.getKey(), each.getValue()).stream()
                        .filter(checkpoint -> checkpoint.position().orElse(Long.MAX_VALUE)
                                >= bounds(each.getKey()).lowest())
                        .map(Checkpoint::id)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .reduce((one, other) -> {
                    one.retainAll(other);
                    return one;
                })
                .filter(common -> !common.isEmpty())
                .isPresent();
    }

    private String noneInCommon(Map<Integer, CheckpointRange> usable) {
        return "No checkpoint is in the range of every partition, and not before its exported position: "
                + usable.entrySet().stream()
                        .map(each -> "partition " + each.getKey() + " is exported to " + bounds(each.getKey())
                                + " and has " + text(List.of(each.getValue())))
                        .collect(Collectors.joining("; "))
                + ". The next backup that all partitions take brings one, if no gap comes before it.";
    }

    /** Which checkpoint is meant by a time is not known more closely than by one partition's clock. */
    private static Checkpoint nearest(List<Checkpoint> common, Instant to) {
        return common.stream()
                .min(Comparator.comparing((Checkpoint checkpoint) -> checkpoint
                                .time()
                                .map(time -> Duration.between(time, to).abs())
                                .orElse(Duration.ofSeconds(Long.MAX_VALUE)))
                        .thenComparing(Comparator.comparingLong(Checkpoint::id).reversed()))
                .orElseThrow();
    }

    private RestoreChoice reach(Checkpoint target, Map<Integer, CheckpointRange> usable, RestoreWindow window) {
        // Which checkpoint is nearest to a time depends on the positions, if they exclude those before it.
        boolean decided = window.to().isEmpty() || positions.values().stream().allMatch(PositionBounds::isExact);
        Reasons reasons = new Reasons();
        Map<Integer, List<Long>> chosen = new TreeMap<>();
        usable.forEach((partition, range) -> {
            List<Checkpoint> backups = upTo(target, within(partition, range));
            for (int i = 1; i < backups.size(); i++) {
                Checkpoint before = backups.get(i - 1);
                Checkpoint after = backups.get(i);
                if (after.firstPosition().orElse(Long.MAX_VALUE) - 1
                        > before.position().orElse(Long.MIN_VALUE)) {
                    reasons.add(
                            partition,
                            Rule.NO_GAP,
                            decided
                                    && after.firstPosition().isPresent()
                                    && before.position().isPresent(),
                            "Its backup " + after.id() + " begins at " + text(after.firstPosition())
                                    + ", and the one before, " + before.id() + ", ends at " + text(before.position())
                                    + ".");
                }
            }
            if (backups.isEmpty() || backups.get(backups.size() - 1).id() < target.id()) {
                reasons.add(
                        partition,
                        Rule.REACHES_THE_CHECKPOINT,
                        decided,
                        "No backup of it reaches the checkpoint " + target.id()
                                + ", which is a marker. The next backup will.");
                return;
            }
            List<Checkpoint> needed = needed(backups, bounds(partition), window);
            boolean late = window.from().isPresent()
                    && !needed.isEmpty()
                    && needed.get(0).firstPosition().orElse(Long.MAX_VALUE)
                            > bounds(partition).lowest();
            if (needed.isEmpty() || late) {
                reasons.add(
                        partition,
                        Rule.WINDOW_BEGINS_EARLY_ENOUGH,
                        decided
                                && (needed.isEmpty()
                                        || needed.get(0).firstPosition().orElse(Long.MIN_VALUE)
                                                > bounds(partition).highest()),
                        "The backups" + from(window) + " begin after its exported position " + bounds(partition) + ".");
                return;
            }
            chosen.put(partition, needed.stream().map(Checkpoint::id).toList());
        });
        return reasons.any() ? reasons.choice() : new Possible(new RestorePoint(target.id(), target.time(), chosen));
    }

    /** The backups up to the first that is not before the target. */
    private static List<Checkpoint> upTo(Checkpoint target, List<Checkpoint> checkpoints) {
        List<Checkpoint> backups = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            if (checkpoint.isBackup()) {
                backups.add(checkpoint);
                if (checkpoint.id() >= target.id()) {
                    break;
                }
            }
        }
        return backups;
    }

    /**
     * Without a beginning, what ends before the exported position is not needed but for the last of it; with one, what
     * is from before it is not used.
     */
    private static List<Checkpoint> needed(List<Checkpoint> backups, PositionBounds bounds, RestoreWindow window) {
        int first = 0;
        for (int i = 0; i < backups.size(); i++) {
            Checkpoint backup = backups.get(i);
            boolean unneeded = window.from().isPresent()
                    ? backup.time().filter(window.from().get()::isAfter).isPresent()
                    : backup.position().orElse(Long.MAX_VALUE) <= bounds.lowest();
            if (unneeded) {
                first = window.from().isPresent() ? i + 1 : i;
            }
        }
        return backups.subList(first, backups.size());
    }

    private List<Checkpoint> within(int partition, CheckpointRange range) {
        return Optional.ofNullable(histories.get(partition)).stream()
                .flatMap(history -> history.checkpoints().stream())
                .filter(range::contains)
                .toList();
    }

    private PositionBounds bounds(int partition) {
        return Optional.ofNullable(positions.get(partition)).orElseThrow();
    }

    private static String from(RestoreWindow window) {
        return window.from().map(from -> " from " + from + " on").orElse("");
    }

    private static String text(OptionalLong position) {
        return position.isPresent() ? Long.toString(position.getAsLong()) : "a position that Zeebe does not say";
    }

    private static String text(List<CheckpointRange> ranges) {
        return ranges.isEmpty()
                ? "none"
                : ranges.stream()
                        .map(range -> "positions " + text(range.start().firstPosition()) + " to "
                                + text(range.end().position()) + " (checkpoints "
                                + range.start().id() + " to " + range.end().id() + ")")
                        .collect(Collectors.joining(", "));
    }

    /** Impossible if one reason is certain. */
    private static final class Reasons {
        private final List<Reason> certain = new ArrayList<>();
        private final List<Reason> all = new ArrayList<>();

        void add(int partition, Rule rule, boolean isCertain, String evidence) {
            add(OptionalInt.of(partition), rule, isCertain, evidence);
        }

        void add(OptionalInt partition, Rule rule, boolean isCertain, String evidence) {
            Reason reason = new Reason(partition, rule, evidence);
            all.add(reason);
            if (isCertain) {
                certain.add(reason);
            }
        }

        boolean any() {
            return !all.isEmpty();
        }

        RestoreChoice choice() {
            return certain.isEmpty() ? new Uncertain(all) : new Impossible(certain);
        }
    }
}
