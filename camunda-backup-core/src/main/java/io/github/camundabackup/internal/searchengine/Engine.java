package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.runtime.TimeSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sends requests to the engine; its refusals come out translated. */
final class Engine {
    // It reads every snapshot's metadata from the repository before it sends the first byte of a listing.
    private static final int PATIENCE = 10;

    private final Dialect dialect;
    private final HttpApi api;
    private final EngineErrorMapper refusals;

    Engine(Dialect dialect, HttpApi api) {
        this.dialect = dialect;
        this.api = api;
        refusals = new EngineErrorMapper(dialect);
    }

    Dialect dialect() {
        return dialect;
    }

    TimeSource time() {
        return api.resources().time();
    }

    /** Sends what has no effect, or the same effect however often it is sent; repeats it if the connection breaks. */
    CompletableFuture<HttpAnswer> read(HttpCall call, Privilege privilege) {
        return api.sendRepeatable(call).thenApply(answer -> require(answer, privilege));
    }

    /** As {@link #read}, but empty if the engine refuses with an error that is an answer too. */
    CompletableFuture<Optional<HttpAnswer>> readUnless(
            Predicate<EngineError> tolerated, HttpCall call, Privilege privilege) {
        return api.sendRepeatable(call).thenApply(answer -> accepted(answer, privilege, tolerated));
    }

    /** As {@link #readUnless}, for snapshots. */
    CompletableFuture<Optional<HttpAnswer>> readSnapshotsUnless(Predicate<EngineError> tolerated, HttpCall call) {
        return api.sendRepeatable(call)
                .thenApply(EngineError::unmask)
                .thenApply(answer -> accepted(answer, Privilege.SEE_SNAPSHOTS, tolerated));
    }

    /** Sends a request once. Empty if the engine refuses with an error that is an answer too. */
    CompletableFuture<Optional<HttpAnswer>> sendUnless(
            Predicate<EngineError> tolerated, HttpCall call, Privilege privilege) {
        return api.send(call).thenApply(answer -> accepted(answer, privilege, tolerated));
    }

    /** Sends a request once. */
    CompletableFuture<HttpAnswer> send(HttpCall call, Privilege privilege) {
        return api.send(call).thenApply(answer -> require(answer, privilege));
    }

    /** Sends a request that may be repeated, and gives whatever comes back. */
    CompletableFuture<HttpAnswer> ask(HttpCall call) {
        return api.sendRepeatable(call);
    }

    /** Hands over snapshots; completes with the refusal if the engine refuses with an error that is an answer too. */
    CompletableFuture<Optional<EngineError>> streamSnapshots(
            Predicate<EngineError> tolerated, HttpCall call, Consumer<JsonValue> consumer) {
        return api.stream(call, PATIENCE, Optional.of("snapshots"), (head, element) -> consumer.accept(element))
                .thenApply(EngineError::unmask)
                .thenApply(answer ->
                        accepted(answer, Privilege.SEE_SNAPSHOTS, tolerated).isPresent()
                                ? Optional.empty()
                                : EngineError.of(answer));
    }

    /** The answer if it is a success; otherwise throws what the engine's refusal means. */
    HttpAnswer require(HttpAnswer answer, Privilege privilege) {
        if (!answer.isSuccess()) {
            throw refusals.translate(answer, privilege);
        }
        return answer;
    }

    /** What the engine's refusal means. */
    CamundaBackupException refusal(HttpAnswer answer, Privilege privilege) {
        return refusals.translate(answer, privilege);
    }

    private Optional<HttpAnswer> accepted(HttpAnswer answer, Privilege privilege, Predicate<EngineError> tolerated) {
        return EngineError.of(answer).filter(tolerated).isPresent()
                ? Optional.empty()
                : Optional.of(require(answer, privilege));
    }

    @Override
    public String toString() {
        return api.toString();
    }
}
