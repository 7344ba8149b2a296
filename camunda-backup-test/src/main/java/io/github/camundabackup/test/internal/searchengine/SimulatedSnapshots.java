package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.simulation.model.BackupFate;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Parts in the simulated engine: when each of them begins and ends is decided when they are asked for. */
public final class SimulatedSnapshots implements Snapshots {
    // Early enough that something is there before it, late enough that something is missing after it.
    private static final int UNLUCKY_PART = 1;

    private final EngineState engine;
    private final String repository;
    private final Map<String, Queue> queues = new HashMap<>();

    public SimulatedSnapshots(EngineState engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public boolean repositoryExists() {
        synchronized (engine.lock()) {
            return engine.findRepository(repository).isPresent();
        }
    }

    @Override
    public List<Part> find(String prefix) {
        synchronized (engine.lock()) {
            long now = engine.clock().now();
            return contents().map(r -> r.snapshots(now)).orElse(List.of()).stream()
                    .filter(snapshot -> snapshot.name().startsWith(prefix))
                    .sorted(Comparator.comparingLong(SimulatedSnapshot::start))
                    .map(snapshot -> part(snapshot, now))
                    .toList();
        }
    }

    @Override
    public void take(Series series) {
        synchronized (engine.lock()) {
            SimulatedRepository into = engine.repository(repository);
            int unlucky = Math.min(UNLUCKY_PART, series.parts().size() - 1);
            long start = engine.clock().now();
            long end = start;
            for (int i = 0; i < series.parts().size(); i++) {
                BackupFate fate = i == unlucky ? series.fate() : BackupFate.SUCCEEDS;
                boolean last = i == series.parts().size() - 1;
                end = fate == BackupFate.STUCK
                        ? SimulatedClock.NEVER
                        : SimulatedClock.plus(start, series.duration(last));
                PlannedPart part = series.parts().get(i);
                engine.add(
                        into,
                        part.name(),
                        part.indices(),
                        part.metadata(),
                        true,
                        start,
                        end,
                        EngineState.finalState(fate));
                if (fate == BackupFate.STUCK || fate == BackupFate.FAILS || fate == BackupFate.STAYS_INCOMPLETE) {
                    break;
                }
                if (!series.atOnce()) {
                    start = SimulatedClock.plus(end, series.gap());
                    if (fate == BackupFate.PAUSES_INCOMPLETE) {
                        start = SimulatedClock.plus(start, series.longPause());
                    }
                }
            }
            queues.put(
                    series.prefix(),
                    new Queue(
                            end, series.parts().stream().map(PlannedPart::name).toList()));
        }
    }

    @Override
    public boolean isTaking(String prefix) {
        synchronized (engine.lock()) {
            return queues.entrySet().stream()
                    .anyMatch(queue -> queue.getKey().startsWith(prefix)
                            && queue.getValue().end() > engine.clock().now());
        }
    }

    @Override
    public void forgetQueue(String prefix) {
        synchronized (engine.lock()) {
            queues.entrySet().removeIf(queue -> {
                boolean mine = queue.getKey().startsWith(prefix);
                if (mine) {
                    cancelPlanned(queue.getValue());
                }
                return mine;
            });
        }
    }

    @Override
    public void delete(String prefix, Duration after) {
        synchronized (engine.lock()) {
            long now = engine.clock().now();
            forgetQueue(prefix);
            contents().map(r -> r.snapshots(now)).orElse(List.of()).stream()
                    .filter(snapshot -> snapshot.name().startsWith(prefix))
                    .forEach(snapshot -> snapshot.delete(now + after.toNanos()));
        }
    }

    private void cancelPlanned(Queue queue) {
        contents().ifPresent(r -> r.cancelPlanned(queue.names(), engine.clock().now()));
    }

    private Optional<SimulatedRepository> contents() {
        return engine.findRepository(repository);
    }

    private Part part(SimulatedSnapshot snapshot, long now) {
        int partCount = Optional.ofNullable(snapshot.metadata())
                .map(metadata -> metadata.get("partCount"))
                .map(count -> Integer.parseInt(Objects.toString(count)))
                .orElse(1);
        return new Part(
                snapshot.name(),
                snapshot.uuid(),
                snapshot.state(now),
                engine.clock().instant(snapshot.start()),
                engine.clock().instant(snapshot.isInProgress(now) ? snapshot.start() : snapshot.end()),
                snapshot.failedIndices(now).stream()
                        .map(index -> "[" + index + "] primary shard is not allocated")
                        .toList(),
                partCount);
    }

    /**
     * @param end when the last part ends
     * @param names all parts, also those that come later
     */
    private record Queue(long end, List<String> names) {}
}
