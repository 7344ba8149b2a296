package io.github.camundabackup.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.continuous.RestoreChoice.Impossible;
import io.github.camundabackup.continuous.RestoreChoice.Possible;
import io.github.camundabackup.continuous.RestoreChoice.Reason;
import io.github.camundabackup.continuous.RestoreChoice.Rule;
import io.github.camundabackup.continuous.RestoreChoice.Uncertain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RestorePointsTest {
    private static final int HISTORIES = 25_000;
    private static final int QUESTIONS = 4;

    /** Partition 1: backups at 100, 200, 300, a marker at 250. Partition 2 is twice as far. */
    private final List<PartitionHistory> histories = List.of(
            whole(1, backup(1000, 1, 100), backup(2000, 101, 200), marker(2500, 250), backup(3000, 201, 300)),
            whole(2, backup(1000, 1, 200), backup(2000, 201, 400), marker(2500, 500), backup(3000, 401, 600)));

    @Test
    void choosesTheNewestCheckpointThatAllHaveAndLeavesOutWhatIsNotNeeded() {
        RestoreChoice choice = RestorePoints.of(exactly(150, 450), histories).choose(RestoreWindow.newest());

        assertThat(choice)
                .isEqualTo(new Possible(new RestorePoint(
                        3000, time(3000), Map.of(1, List.of(1000L, 2000L, 3000L), 2, List.of(2000L, 3000L)))));
    }

    @Test
    void choosesTheCheckpointThatIsNearestToATimeAndMarkersCount() {
        RestoreChoice choice =
                RestorePoints.of(exactly(150, 450), histories).choose(RestoreWindow.at(Instant.ofEpochMilli(2600)));

        assertThat(choice)
                .isInstanceOfSatisfying(
                        Possible.class,
                        found -> assertThat(found.point().checkpointId()).isEqualTo(2500));
    }

    @Test
    void listsAllCheckpointsThatARestoreCanEndAt() {
        assertThat(RestorePoints.of(exactly(150, 450), histories).all())
                .extracting(RestorePoint::checkpointId)
                .containsExactly(2500L, 3000L);
        assertThat(RestorePoints.of(exactly(301, 450), histories).all()).isEmpty();
        assertThat(RestorePoints.of(exactly(150, 450), histories.subList(0, 1)).all())
                .as("Zeebe says nothing of a partition")
                .isEmpty();
    }

    @Test
    void saysWhichPartitionIsExportedFurtherThanItsBackupsReach() {
        assertThat(RestorePoints.of(exactly(301, 450), histories).choose(RestoreWindow.newest()))
                .isInstanceOfSatisfying(
                        Impossible.class,
                        impossible -> assertThat(impossible.reasons())
                                .singleElement()
                                .satisfies(reason -> {
                                    assertThat(reason.partition()).hasValue(1);
                                    assertThat(reason.rule()).isEqualTo(Rule.IN_A_RANGE);
                                    assertThat(reason.evidence())
                                            .isEqualTo("No range holds its exported position 301. The ranges are:"
                                                    + " positions 1 to 300 (checkpoints 1000 to 3000).");
                                }));
    }

    @Test
    void aPartitionWithoutAPositionIsNamed() {
        assertThat(rules(RestorePoints.of(Map.of(1, PositionBounds.exactly(150)), histories)
                        .choose(RestoreWindow.newest())))
                .containsExactly(Rule.POSITION_KNOWN);
    }

    @Test
    void aPartitionOfWhichZeebeSaysNothingIsUncertain() {
        assertThat(RestorePoints.of(exactly(150, 450), histories.subList(0, 1)).choose(RestoreWindow.newest()))
                .isInstanceOfSatisfying(
                        Uncertain.class,
                        uncertain -> assertThat(uncertain.reasons())
                                .singleElement()
                                .satisfies(
                                        reason -> assertThat(reason.partition()).hasValue(2)));
    }

    @Test
    void whatIsBetweenBoundsInOneRangeIsPossible() {
        assertThat(RestorePoints.of(Map.of(1, new PositionBounds(120, 180), 2, PositionBounds.exactly(450)), histories)
                        .choose(RestoreWindow.newest()))
                .isInstanceOf(Possible.class);
    }

    @Test
    void boundsThatReachOutOfARangeAreUncertainAndSoAreThoseAcrossACommonCheckpoint() {
        assertThat(rules(RestorePoints.of(
                                Map.of(1, new PositionBounds(290, 310), 2, PositionBounds.exactly(450)), histories)
                        .choose(RestoreWindow.newest())))
                .containsExactly(Rule.IN_A_RANGE);
        assertThat(RestorePoints.of(Map.of(1, new PositionBounds(290, 310), 2, PositionBounds.exactly(450)), histories)
                        .choose(RestoreWindow.newest()))
                .isInstanceOf(Uncertain.class);
        List<PartitionHistory> apart =
                List.of(histories.get(0), whole(2, backup(1000, 1, 200), backup(2000, 201, 400)));
        assertThat(RestorePoints.of(Map.of(1, new PositionBounds(190, 210), 2, PositionBounds.exactly(300)), apart)
                        .choose(RestoreWindow.newest()))
                .isInstanceOf(Uncertain.class);
    }

    @Test
    void aMarkerThatNoBackupFollowsIsNotReached() {
        List<PartitionHistory> open = List.of(whole(1, backup(1000, 1, 100), marker(1500, 150)));

        RestoreChoice choice =
                RestorePoints.of(Map.of(1, PositionBounds.exactly(120)), open).choose(RestoreWindow.newest());

        assertThat(rules(choice)).containsExactly(Rule.REACHES_THE_CHECKPOINT);
    }

    @Test
    void whatZeebeDoesNotSayIsUncertain() {
        List<PartitionHistory> vague = List.of(whole(
                1,
                new Checkpoint(
                        1000, CheckpointType.SCHEDULED_BACKUP, OptionalLong.empty(), OptionalLong.of(1), time(1000))));

        assertThat(RestorePoints.of(Map.of(1, PositionBounds.exactly(120)), vague)
                        .choose(RestoreWindow.newest()))
                .isInstanceOf(Uncertain.class);
    }

    @Test
    void aNegativePositionIsThatOfAnEmptyDatabase() {
        assertThat(RestorePoints.of(Map.of(1, PositionBounds.exactly(-1), 2, PositionBounds.exactly(-1)), histories)
                        .choose(RestoreWindow.newest()))
                .isInstanceOf(Possible.class);
    }

    @Test
    void boundsAndWindowsInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> new PositionBounds(3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Read the lowest before the dump begins");
        assertThatThrownBy(() ->
                        new RestoreWindow(Optional.of(Instant.ofEpochMilli(2)), Optional.of(Instant.ofEpochMilli(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** 100,000 questions about random histories: gaps, retention, markers, partitions out of step, positions -1. */
    @Test
    void agreesWithTheRestoreApplication() {
        Random random = new Random(20261128);
        int possible = 0;
        for (int i = 0; i < HISTORIES; i++) {
            int partitions = 1 + random.nextInt(3);
            Map<Integer, PartitionHistory> histories = Histories.random(partitions, random);
            for (int j = 0; j < QUESTIONS; j++) {
                Map<Integer, Long> exported = Histories.positions(histories, random);
                Optional<Instant> to = sometimes(random);
                Optional<Instant> from = sometimes(random).filter(time -> to.isEmpty() || !time.isAfter(to.get()));
                Map<Integer, PositionBounds> exact = new TreeMap<>();
                exported.forEach((partition, position) -> exact.put(partition, PositionBounds.exactly(position)));

                RestoreChoice choice =
                        RestorePoints.of(exact, histories.values()).choose(new RestoreWindow(from, to));

                Optional<Map<Integer, List<Long>>> answer = ask(histories, exported, from, to);
                assertThat(
                                choice instanceof Possible found
                                        ? Optional.of(found.point().backups())
                                        : Optional.empty())
                        .as("%s with %s from %s to %s: %s", histories, exported, from, to, choice)
                        .isEqualTo(answer);
                assertThat(choice).isNotInstanceOf(Uncertain.class);
                possible += answer.isPresent() ? 1 : 0;
            }
        }
        assertThat(possible).as("both answers are frequent").isBetween(20_000, 80_000);
    }

    /** What is possible between bounds is so for every position between them; what is impossible, for none. */
    @Test
    void whatItSaysOfBoundsHoldsForEveryPositionBetweenThem() {
        Random random = new Random(8_10);
        int[] answers = new int[3];
        for (int i = 0; i < HISTORIES; i++) {
            int partitions = 1 + random.nextInt(3);
            Map<Integer, PartitionHistory> histories = Histories.random(partitions, random);
            Map<Integer, Long> lowest = Histories.positions(histories, random);
            Map<Integer, PositionBounds> bounds = new TreeMap<>();
            lowest.forEach((partition, position) ->
                    bounds.put(partition, new PositionBounds(position, Math.max(1, position) + random.nextInt(40))));
            Optional<Instant> to = sometimes(random);

            RestoreChoice choice =
                    RestorePoints.of(bounds, histories.values()).choose(new RestoreWindow(Optional.empty(), to));

            answers[choice instanceof Possible ? 0 : choice instanceof Impossible ? 1 : 2]++;
            for (int j = 0; j < QUESTIONS; j++) {
                Map<Integer, Long> exported = new TreeMap<>();
                bounds.forEach((partition, each) -> exported.put(
                        partition, each.lowest() + random.nextInt((int) (each.highest() - each.lowest() + 1))));
                Optional<Map<Integer, List<Long>>> answer = ask(histories, exported, Optional.empty(), to);
                if (choice instanceof Possible) {
                    assertThat(answer)
                            .as("%s with %s in %s to %s", histories, exported, bounds, to)
                            .isPresent();
                } else if (choice instanceof Impossible) {
                    assertThat(answer)
                            .as("%s with %s in %s to %s", histories, exported, bounds, to)
                            .isEmpty();
                }
            }
        }
        assertThat(answers).as("all three answers are frequent").satisfies(all -> {
            for (int count : all) {
                assertThat(count).isGreaterThan(1000);
            }
        });
    }

    private static Optional<Map<Integer, List<Long>>> ask(
            Map<Integer, PartitionHistory> histories,
            Map<Integer, Long> exported,
            Optional<Instant> from,
            Optional<Instant> to) {
        try {
            return Optional.of(RestoreApplication.choose(histories.size(), exported, histories, from, to));
        } catch (RestoreApplication.Refusal refusal) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> sometimes(Random random) {
        return random.nextInt(3) == 0
                ? Optional.of(Instant.ofEpochMilli(random.nextInt(Histories.CHECKPOINTS * Histories.INTERVAL)))
                : Optional.empty();
    }

    private static List<Rule> rules(RestoreChoice choice) {
        List<Rule> rules = new ArrayList<>();
        if (choice instanceof Impossible impossible) {
            impossible.reasons().stream().map(Reason::rule).forEach(rules::add);
        } else if (choice instanceof Uncertain uncertain) {
            uncertain.reasons().stream().map(Reason::rule).forEach(rules::add);
        }
        return rules;
    }

    private static Map<Integer, PositionBounds> exactly(long first, long second) {
        return Map.of(1, PositionBounds.exactly(first), 2, PositionBounds.exactly(second));
    }

    private static PartitionHistory whole(int partition, Checkpoint... checkpoints) {
        return new PartitionHistory(
                partition,
                List.of(checkpoints),
                List.of(new CheckpointRange(checkpoints[0], checkpoints[checkpoints.length - 1])));
    }

    private static Checkpoint backup(long id, long first, long position) {
        return new Checkpoint(
                id, CheckpointType.SCHEDULED_BACKUP, OptionalLong.of(position), OptionalLong.of(first), time(id));
    }

    private static Checkpoint marker(long id, long position) {
        return new Checkpoint(id, CheckpointType.MARKER, OptionalLong.of(position), OptionalLong.empty(), time(id));
    }

    private static Optional<Instant> time(long id) {
        return Optional.of(Instant.ofEpochMilli(id));
    }
}
