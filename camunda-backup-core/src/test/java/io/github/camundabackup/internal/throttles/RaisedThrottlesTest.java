package io.github.camundabackup.internal.throttles;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.support.SteppingTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RaisedThrottlesTest {
    private final SteppingTime time = new SteppingTime();

    @Test
    void aRaiseThatWasNeverAnsweredMayStillCome() {
        RaisedThrottles raised = of(new CompletableFuture<>());

        assertThat(raised.raise("a restore").join()).singleElement().asString().contains("were not raised");
        assertThat(raised.putBack().join())
                .singleElement()
                .asString()
                .contains("carried out late", "the next restore or recover()");
        assertThat(raised.putBack().join()).as("once").isEmpty();
    }

    @Test
    void whatWasRefusedCannotCome() {
        RaisedThrottles raised = of(CompletableFuture.failedFuture(
                new SnapshotStoreException(Reason.FORBIDDEN, "The account may not.", null)));

        assertThat(raised.raise("a restore").join()).hasSize(1);
        assertThat(raised.putBack().join()).isEmpty();
    }

    private RaisedThrottles of(CompletableFuture<Boolean> raise) {
        return new RaisedThrottles(
                Optional.of(new RestoreThrottles() {
                    @Override
                    public CompletableFuture<Limits> limits() {
                        return CompletableFuture.completedFuture(new Limits(List.of(), List.of()));
                    }

                    @Override
                    public CompletableFuture<Boolean> raise(String by) {
                        return raise;
                    }

                    @Override
                    public CompletableFuture<PutBack> putBack() {
                        return CompletableFuture.completedFuture(PutBack.nothing());
                    }
                }),
                time);
    }
}
