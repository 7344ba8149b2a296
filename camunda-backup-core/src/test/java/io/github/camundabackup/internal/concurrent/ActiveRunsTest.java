package io.github.camundabackup.internal.concurrent;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ActiveRunsTest {
    private final ActiveRuns runs = new ActiveRuns();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void closingStopsAllAndWaitsForTheirEnds() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        runs.add(stopped::add, first);
        runs.add(reason -> asked.complete(null), second);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(runs::close);
        resultOf(asked);

        assertThat(closing).isNotDone();
        assertThat(stopped).containsExactly("The client was closed.");
        first.completeExceptionally(new IllegalStateException("for a test"));
        assertThat(closing).isNotDone();
        second.complete(null);
        resultOf(closing);
    }

    @Test
    void whatHasEndedIsNotStopped() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        runs.add(stopped::add, end);
        end.complete(null);

        runs.close();

        assertThat(stopped).isEmpty();
    }

    @Test
    void noneBeginsOnceItIsClosed() {
        runs.close();
        runs.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> runs.add(stopped::add, new CompletableFuture<>()))
                .withMessage("This client is closed.");
    }
}
