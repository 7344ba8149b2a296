package io.github.camundabackup.exporting;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpApi;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Exporting on the wire that an endpoint serves. Nobody needs to know which one that is: whoever must resume exporting
 * after a kill may not be able to ask for it. What does not answer at the actuator is asked for at the REST API; both
 * may be tried without harm.
 */
final class ServedExporting implements ExportingApi {
    private final ExportingApi actuator;
    private final ExportingApi rest;
    private volatile @Nullable ExportingApi served;

    ServedExporting(HttpApi gateway) {
        actuator = new ActuatorExporting(gateway);
        rest = new RestExporting(gateway);
    }

    /** Of the actuator's, as long as it is not known. */
    @Override
    public URI resumeUri() {
        ExportingApi known = served;
        return (known == null ? actuator : known).resumeUri();
    }

    /** Whether it is the REST API that answered. */
    boolean isRest() {
        return served == rest;
    }

    @Override
    public CompletableFuture<Void> softPause() {
        return ask(ExportingApi::softPause);
    }

    @Override
    public CompletableFuture<Void> resume() {
        return ask(ExportingApi::resume);
    }

    @Override
    public CompletableFuture<Overview> overview() {
        return ask(ExportingApi::overview);
    }

    private <T> CompletableFuture<T> ask(Function<ExportingApi, CompletableFuture<T>> request) {
        ExportingApi known = served;
        return known != null
                ? request.apply(known)
                : Futures.recover(
                        remember(actuator, request.apply(actuator)),
                        first -> isElsewhere(first)
                                ? Futures.recover(
                                        remember(rest, request.apply(rest)),
                                        second -> CompletableFuture.failedFuture(
                                                tellsMore(first, second) ? second : first))
                                : CompletableFuture.failedFuture(first));
    }

    private <T> CompletableFuture<T> remember(ExportingApi api, CompletableFuture<T> answer) {
        return answer.thenApply(value -> {
            served = api;
            return value;
        });
    }

    /** Whether an answer came that says nothing of exporting: the application's port refuses actuators in many ways. */
    private static boolean isElsewhere(Throwable error) {
        return error instanceof AccessDeniedException
                || error instanceof UnexpectedAnswerException
                || (error instanceof RequestRejectedException refused
                        && (refused.status() == 404 || refused.status() == 405));
    }

    /** A failure is no sign of which wire is served: a proxy answers as it likes while what is behind it restarts. */
    private static boolean tellsMore(Throwable first, Throwable second) {
        return !isElsewhere(second)
                || (second instanceof AccessDeniedException && !(first instanceof AccessDeniedException));
    }
}
