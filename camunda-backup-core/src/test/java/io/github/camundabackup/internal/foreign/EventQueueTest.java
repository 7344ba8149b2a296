package io.github.camundabackup.internal.foreign;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final ClientResources resources = ClientResources.create();
    private final CompletableFuture<Void> busy = new CompletableFuture<>();
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        goOn.complete(null);
        resources.close();
    }

    private EventQueue<Consumer<String>> queue(Consumer<String> listener) {
        return new EventQueue<>(() -> "A run", List.of(listener), resources);
    }

    /** A listener that is busy with its first event until it may go on. */
    private void slow(String event) {
        busy.complete(null);
        goOn.join();
        seen.add(event);
    }

    @Test
    void deliversInOrderAndTheLastOneLast() throws Exception {
        EventQueue<Consumer<String>> queue = queue(seen::add);
        List<String> all = new ArrayList<>();
        IntStream.range(0, 100).mapToObj(String::valueOf).forEach(event -> {
            all.add(event);
            queue.add(listener -> listener.accept(event));
        });

        resultOf(queue.last(listener -> listener.accept("last")));

        all.add("last");
        assertThat(seen).containsExactlyElementsOf(all);
    }

    @Test
    void nothingComesAfterTheLastOne() throws Exception {
        EventQueue<Consumer<String>> queue = queue(seen::add);
        resultOf(queue.last(listener -> listener.accept("last")));

        queue.add(listener -> listener.accept("late"));
        resultOf(queue.last(listener -> listener.accept("later")));

        assertThat(seen).containsExactly("last");
    }

    @Test
    void leavesOutdatedProgressOut() throws Exception {
        EventQueue<Consumer<String>> queue = queue(this::slow);
        queue.add(listener -> listener.accept("first"));
        resultOf(busy);
        queue.progress("a", listener -> listener.accept("a 1"));
        queue.progress("b", listener -> listener.accept("b 1"));
        queue.progress("a", listener -> listener.accept("a 2"));

        goOn.complete(null);
        resultOf(queue.last(listener -> listener.accept("last")));

        assertThat(seen).containsExactly("first", "b 1", "a 2", "last");
    }

    @Test
    void aListenerThatHangsDelaysTheEndForAWhileOnly() throws Exception {
        try (ClientResources stepping =
                ClientResources.builder().time(new SteppingTime()).build()) {
            EventQueue<Consumer<String>> queue = new EventQueue<>(() -> "A run", List.of(this::slow), stepping);
            queue.add(listener -> listener.accept("first"));
            resultOf(busy);

            resultOf(queue.last(listener -> listener.accept("last")));

            assertThat(seen).isEmpty();
            goOn.complete(null);
        }
    }

    @Test
    void aListenerThatFailsGetsTheNextEventToo() throws Exception {
        EventQueue<Consumer<String>> queue = queue(event -> {
            seen.add(event);
            throw new StackOverflowError("for a test");
        });
        queue.add(listener -> listener.accept("first"));

        resultOf(queue.last(listener -> listener.accept("last")));

        assertThat(seen).containsExactly("first", "last");
    }

    @Test
    void afterItsResourcesWereClosedARunEndsAllTheSame() throws Exception {
        EventQueue<Consumer<String>> queue = queue(seen::add);
        resources.close();

        queue.add(listener -> listener.accept("first"));
        resultOf(queue.last(listener -> listener.accept("last")));

        assertThat(seen).isEmpty();
    }
}
