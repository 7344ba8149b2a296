package io.github.camundabackup.runtime;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.support.SteppingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientResourcesTest {

    @Test
    void makeASharedObjectOnce() {
        try (ClientResources resources = ClientResources.create()) {
            AtomicInteger made = new AtomicInteger();
            StringBuilder first = resources.shared(StringBuilder.class, self -> {
                made.incrementAndGet();
                assertThat(self).isSameAs(resources);
                return new StringBuilder();
            });

            assertThat(resources.shared(StringBuilder.class, self -> new StringBuilder()))
                    .isSameAs(first);
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void closeWhatIsSharedOnceAndEvenIfSomeOfItFails() {
        AtomicInteger closed = new AtomicInteger();
        ClientResources resources = ClientResources.create();
        resources.shared(Runnable.class, self -> () -> {});
        resources.shared(AutoCloseable.class, self -> () -> {
            closed.incrementAndGet();
            throw new IllegalStateException("cannot be closed");
        });
        resources.shared(ClosingCounter.class, self -> new ClosingCounter(closed));

        resources.close();
        resources.close();

        assertThat(closed).hasValue(2);
    }

    @Test
    void shareNothingAfterTheyAreClosed() {
        ClientResources resources = ClientResources.create();
        resources.close();

        assertThatThrownBy(() -> resources.shared(StringBuilder.class, self -> new StringBuilder()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void endTheirOwnThreads() {
        ClientResources resources = ClientResources.create();
        resources.close();

        assertThatThrownBy(() -> resources.executor().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void haveDaemonThreadsWithAName() throws Exception {
        try (ClientResources resources = ClientResources.create()) {
            Thread thread = resultOf(CompletableFuture.supplyAsync(Thread::currentThread, resources.executor()));

            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("camunda-backup-");
        }
    }

    @Test
    void leaveTheCallersThreadsRunning() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            ClientResources.builder().executor(executor).build().close();

            assertThat(executor.submit(() -> "still running").get()).isEqualTo("still running");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void tellTimeHowLongATaskIsUnderWay() {
        ActivityCounter time = new ActivityCounter();
        List<Runnable> tasks = new ArrayList<>();
        ClientResources resources =
                ClientResources.builder().executor(tasks::add).time(time).build();

        resources.executor().execute(() -> assertThat(time.open).hasValue(1));
        assertThat(time.open).hasValue(1);
        tasks.get(0).run();
        assertThat(time.open).hasValue(0);

        resources.executor().execute(() -> {
            throw new IllegalStateException("a task that fails");
        });
        assertThatThrownBy(tasks.get(1)::run).isInstanceOf(IllegalStateException.class);
        assertThat(time.open).hasValue(0);
    }

    @Test
    void doNotHoldTimeForATaskThatIsRejected() {
        ActivityCounter time = new ActivityCounter();
        ClientResources resources = ClientResources.builder()
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .time(time)
                .build();

        assertThatThrownBy(() -> resources.executor().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(time.open).hasValue(0);
    }

    @Test
    void giveTheTimeThatTheyWereGiven() {
        SteppingTime time = new SteppingTime();
        try (ClientResources resources = ClientResources.builder().time(time).build()) {
            assertThat(resources.time()).isSameAs(time);
        }
    }

    private record ClosingCounter(AtomicInteger closed) implements AutoCloseable {
        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final class ActivityCounter implements TimeSource {
        private final SteppingTime time = new SteppingTime();
        private final AtomicInteger open = new AtomicInteger();

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public CompletableFuture<Void> delay(Duration duration) {
            return time.delay(duration);
        }

        @Override
        public Activity activity() {
            open.incrementAndGet();
            return open::decrementAndGet;
        }
    }
}
