package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkTest {
    @Test
    void whatOpensTooLateIsClosed() {
        CompletableFuture<Void> limit = new CompletableFuture<>();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        AutoCloseable connection = () -> closed.complete(true);
        try (ClientResources resources =
                ClientResources.builder().time(new OneWait(limit)).build()) {
            CompletableFuture<AutoCloseable> opening = Work.unstoppable(resources, "a database")
                    .opening("Opening", Duration.ofMinutes(1), () -> {
                        answer.join();
                        return connection;
                    });

            limit.complete(null);
            assertThatThrownBy(opening::join)
                    .hasCauseInstanceOf(WaitTimedOutException.class)
                    .hasMessageContaining("180 s");
            answer.complete(null);

            assertThat(closed.join()).isTrue();
        }
    }

    /**
     * Every wait is the same.
     *
     * @param end of it
     */
    private record OneWait(CompletableFuture<Void> end) implements TimeSource {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> delay(Duration duration) {
            return end;
        }
    }
}
