package io.github.camundabackup.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.support.SteppingTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final SteppingTime time = new SteppingTime();
    private final CancellationSignal stop = new CancellationSignal();
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private boolean room = true;

    @Test
    void letsInAsManyAsThereArePlaces() {
        Admission admission = admission(2);

        enter(admission, 3);

        assertThat(begun).hasSize(2);
    }

    @Test
    void letsInTheNextWhenOneLeaves() {
        Admission admission = admission(2);
        enter(admission, 3);

        begun.get(1).completeExceptionally(new IllegalStateException("failed"));

        assertThat(begun).hasSize(3);
    }

    @Test
    void forgetsWhoIsStopped() {
        Admission admission = admission(1);
        enter(admission, 1);
        CancellationSignal other = new CancellationSignal();
        CompletableFuture<Void> stopped = admission.inside(other, this::work);
        enter(admission, 1);

        other.cancel("enough");
        assertThat(stopped).isCompletedExceptionally();

        begun.get(0).complete(null);
        assertThat(begun).hasSize(2);
    }

    @Test
    void letsInOnlyOneWithoutRoom() {
        time.hold();
        room = false;
        Admission admission = admission(5);

        enter(admission, 3);
        assertThat(begun).hasSize(1);
        begun.get(0).complete(null);

        assertThat(begun).hasSize(2);
    }

    @Test
    void looksAgainForRoomAlthoughNobodyLeaves() {
        time.hold();
        Admission admission = admission(5);
        enter(admission, 1);
        room = false;
        enter(admission, 2);

        room = true;
        time.held().get(0).complete(null);

        assertThat(begun).hasSize(3);
    }

    @Test
    void failsThoseWhoWaitWhenThereIsNoThreadAnyMore() {
        Admission admission = new Admission(
                1,
                () -> true,
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                time);
        enter(admission, 1);
        CompletableFuture<Void> waiting = admission.inside(stop, this::work);

        begun.get(0).complete(null);

        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void failsAllOfThemSo() {
        Admission admission = new Admission(
                1,
                () -> true,
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                time);
        enter(admission, 1);
        List<CompletableFuture<Void>> waiting = Stream.generate(() -> admission.inside(stop, this::work))
                .limit(3)
                .toList();

        begun.get(0).complete(null);

        assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void looksAgainAlthoughADelayFails() {
        time.failDelays(new RejectedExecutionException("closed"));
        room = false;
        Admission admission = admission(5);
        enter(admission, 2);

        begun.get(0).complete(null);

        assertThat(begun).hasSize(2);
    }

    private Admission admission(int places) {
        return new Admission(places, () -> room, Runnable::run, time);
    }

    private void enter(Admission admission, int times) {
        for (int i = 0; i < times; i++) {
            admission.inside(stop, this::work);
        }
    }

    private CompletableFuture<Void> work() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        begun.add(work);
        return work;
    }
}
