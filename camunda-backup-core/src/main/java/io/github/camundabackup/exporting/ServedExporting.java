package io.github.camundabackup.exporting;

import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.model.PhysicalTenant;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Exporting on the wire that an endpoint serves. It need not be known which one that is: whoever must resume exporting
 * after a kill may not be able to ask for it. What does not answer at the actuator is asked for at the REST API; both
 * may be tried without harm.
 */
final class ServedExporting implements ExportingApi {
    private final ExportingApi actuator;
    private final ExportingApi rest;
    private volatile @Nullable ExportingApi served;

    /**
     * @param known empty if it is to be found out
     * @param tenant whose exporting it is; empty where there cannot be tenants
     */
    ServedExporting(HttpApi gateway, Optional<Wire> known, Optional<PhysicalTenant> tenant) {
        actuator = new ActuatorExporting(gateway, tenant);
        rest = new RestExporting(gateway, tenant.orElse(PhysicalTenant.DEFAULT));
        served = known.map(wire -> switch (wire) {
                    case ACTUATOR -> actuator;
                    case REST -> rest;
                })
                .orElse(null);
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
    public CompletableFuture<Void> softPause(BooleanSupplier wanted) {
        return ask(api -> api.softPause(wanted));
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
                        && refused.status() < 500
                        && FailureKind.of(error) != FailureKind.TRANSIENT
                        && FailureKind.of(error) != FailureKind.CONFLICT);
    }

    /** A failure is no sign of which wire is served: a proxy answers as it likes while what is behind it restarts. */
    private static boolean tellsMore(Throwable first, Throwable second) {
        return !isElsewhere(second)
                || (second instanceof AccessDeniedException && !(first instanceof AccessDeniedException));
    }
}
