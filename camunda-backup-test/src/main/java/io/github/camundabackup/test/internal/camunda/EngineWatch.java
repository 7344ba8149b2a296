package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Watches the requests to the search engine, simulated or real, for the invariants. */
public final class EngineWatch implements Application {
    private final Application engine;
    private final CamundaApplications camunda;
    private final InvariantMonitor watch;
    private final BiFunction<String, String, Optional<Instant>> partials;

    /**
     * @param partials when a snapshot of a repository began that has ended without some of its shards; empty if it has
     *     not, or if there is none
     */
    public EngineWatch(
            Application engine,
            CamundaApplications camunda,
            InvariantMonitor watch,
            BiFunction<String, String, Optional<Instant>> partials) {
        this.engine = engine;
        this.camunda = camunda;
        this.watch = watch;
        this.partials = partials;
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        Optional<SnapshotName> records = recordsSnapshot(request, Set.of("PUT", "POST"));
        List<Violation> wrong = records.map(SnapshotName::backupId)
                .map(id -> watch.recordsWouldBegin(id.value(), camunda.incomplete(id.value())))
                .orElse(List.of());
        boolean mayBeDeleted = recordsSnapshot(request, Set.of("DELETE"))
                .flatMap(name -> partials.apply(request.segments().get(1), name.toString()))
                .filter(watch::isInThisPause)
                .isPresent();
        return engine.answer(request).thenApply(answer -> {
            if (answer.status() < 300) {
                watch.remember(wrong);
                if (request.method().equals("DELETE") && !mayBeDeleted) {
                    watch.deleted(request.path() + " of the search engine");
                }
            }
            return answer;
        });
    }

    private static Optional<SnapshotName> recordsSnapshot(WebRequest request, Set<String> methods) {
        List<String> path = request.segments();
        boolean meant = path.size() == 3
                && path.get(0).equals("_snapshot")
                && !path.get(2).startsWith("_")
                && methods.contains(request.method());
        return meant
                ? SnapshotName.parse(path.get(2))
                        .filter(name -> name.component().equals(Component.ZEEBE_RECORDS))
                : Optional.empty();
    }
}
