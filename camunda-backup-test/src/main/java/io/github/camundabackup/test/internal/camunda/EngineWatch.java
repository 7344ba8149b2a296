package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Watches the requests to the search engine, simulated or real, for the invariants. */
public final class EngineWatch implements Application {
    private final Application engine;
    private final CamundaApplications camunda;
    private final InvariantMonitor watch;

    public EngineWatch(Application engine, CamundaApplications camunda, InvariantMonitor watch) {
        this.engine = engine;
        this.camunda = camunda;
        this.watch = watch;
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        Optional<SnapshotName> records = recordsSnapshot(request);
        List<Violation> wrong = records.map(SnapshotName::backupId)
                .map(id -> watch.recordsWouldBegin(id.value(), camunda.incomplete(id.value())))
                .orElse(List.of());
        return engine.answer(request).thenApply(answer -> {
            if (answer.status() < 300) {
                watch.remember(wrong);
                if (request.method().equals("DELETE")) {
                    watch.deleted(request.path() + " of the search engine");
                }
            }
            return answer;
        });
    }

    private static Optional<SnapshotName> recordsSnapshot(WebRequest request) {
        List<String> path = request.segments();
        boolean creates = path.size() == 3
                && path.get(0).equals("_snapshot")
                && !path.get(2).startsWith("_")
                && (request.method().equals("PUT") || request.method().equals("POST"));
        return creates
                ? SnapshotName.parse(path.get(2))
                        .filter(name -> name.component().equals(Component.ZEEBE_RECORDS))
                : Optional.empty();
    }
}
