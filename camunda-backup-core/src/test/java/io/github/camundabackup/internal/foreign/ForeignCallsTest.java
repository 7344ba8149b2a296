package io.github.camundabackup.internal.foreign;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ForeignCallsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ClientResources resources = ClientResources.create();
    private final ForeignCalls calls = new ForeignCalls(resources, Duration.ofMillis(10));
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        calls.close();
        resources.close();
    }

    private CompletableFuture<String> hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.completedFuture("late");
    }

    @TestFactory
    Stream<DynamicTest> whateverGoesWrongIsAnErrorThatNamesIt() {
        Map<String, Supplier<CompletableFuture<String>>> wrong = Map.of(
                "throws",
                        () -> {
                            throw new IllegalStateException("boom");
                        },
                "throws an error",
                        () -> {
                            throw new StackOverflowError("boom");
                        },
                "fails", () -> CompletableFuture.failedFuture(new IllegalStateException("boom")),
                "answers null", () -> CompletableFuture.completedFuture(null),
                "returns null", () -> null,
                "is cancelled",
                        () -> {
                            CompletableFuture<String> cancelled = new CompletableFuture<>();
                            cancelled.cancel(false);
                            return cancelled;
                        });
        return wrong.entrySet().stream()
                .flatMap(call -> Stream.of(
                        dynamicTest(
                                "ask: " + call.getKey(),
                                () -> assertNamed(calls.ask("The store: the question", LONG, call.getValue()))),
                        dynamicTest(
                                "send: " + call.getKey(),
                                () -> assertNamed(calls.send("The store: the question", LONG, call.getValue())))));
    }

    private static void assertNamed(CompletableFuture<String> answer) {
        assertThat(failureOf(answer, CamundaBackupException.class)).hasMessageStartingWith("The store: the question");
    }

    @Test
    void whatHangsOrIsNeverAnsweredEndsByItsLimit() {
        for (Supplier<CompletableFuture<String>> call : Stream.<Supplier<CompletableFuture<String>>>of(
                        this::hang, CompletableFuture::new)
                .toList()) {
            assertThat(failureOf(calls.ask("The question", SHORT, call), WaitTimedOutException.class))
                    .hasMessageContaining("The question");
            assertThat(failureOf(calls.send("The question", SHORT, call), WaitTimedOutException.class))
                    .hasMessageContaining("The question");
        }
    }

    @Test
    void whoeverStopsWaitingCancelsTheForeignFuture() throws Exception {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        CompletableFuture<Void> cancelled = foreign.handle((value, error) -> null);
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.send("The question", LONG, () -> {
            asked.complete(null);
            return foreign;
        });
        resultOf(asked);

        answer.cancel(false);

        resultOf(cancelled);
        assertThat(foreign).isCancelled();
    }

    @Test
    void callsThatHangKeepNoOthersFromBeingMade() throws Exception {
        IntStream.range(0, 6).forEach(number -> calls.send("Hanging " + number, LONG, this::hang));

        assertThat(resultOf(calls.send("The next", LONG, () -> CompletableFuture.completedFuture("answer"))))
                .isEqualTo("answer");
    }
}
