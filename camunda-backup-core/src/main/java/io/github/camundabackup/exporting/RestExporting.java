package io.github.camundabackup.exporting;

import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.model.PhysicalTenant;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Exporting in the cluster's REST API, from 8.10 on: {@code /v2/exporting}. The pause is a part of the cluster's
 * configuration there: a request waits until all brokers have it, for up to a minute, and is refused while another
 * change of the configuration is going on (camunda#39743).
 */
final class RestExporting implements ExportingApi {
    /** For how long a pause is asked for again that cannot be had now: nothing is paused for certain meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String PERMISSION = "EXPORTER:PAUSE";

    private final HttpApi gateway;
    private final PhysicalTenant tenant;

    RestExporting(HttpApi gateway, PhysicalTenant tenant) {
        this.gateway = gateway;
        this.tenant = tenant;
    }

    @Override
    public URI resumeUri() {
        return URI.create(
                gateway.endpoint().uri() + "/" + String.join("/", RestApi.path(tenant, "exporting", "resume")));
    }

    @Override
    public CompletableFuture<Void> softPause(BooleanSupplier wanted) {
        HttpCall pause = HttpCall.post("pause exporting softly", RestApi.path(tenant, "exporting", "pause"))
                .query("soft", "true");
        AtomicReference<Throwable> last = new AtomicReference<>();
        return Outages.<Boolean>outlast(
                        gateway.resources().time(),
                        PATIENCE,
                        () -> {
                            Throwable before = last.get();
                            return before == null || wanted.getAsBoolean()
                                    ? post(pause).thenApply(done -> true)
                                    : CompletableFuture.failedFuture(before);
                        },
                        error -> {
                            last.set(error);
                            return wanted.getAsBoolean() && passes(error);
                        },
                        Outages.Watcher.NONE)
                .thenApply(paused -> null);
    }

    /** Whoever resumes asks again by itself. */
    @Override
    public CompletableFuture<Void> resume() {
        return post(HttpCall.post("resume exporting", RestApi.path(tenant, "exporting", "resume")));
    }

    private CompletableFuture<Void> post(HttpCall call) {
        return gateway.sendRepeatable(call).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw RestApi.rejected(
                        answer,
                        "All brokers must be there for it to work; some partitions may have changed, others not.",
                        PERMISSION);
            }
            return null;
        });
    }

    /** Another change of the configuration (409, 500), brokers that are slow or away for a moment, too many requests. */
    private static boolean passes(Throwable error) {
        return error instanceof RequestTimedOutException
                || (error instanceof RequestRejectedException refused && refused.status() == 500)
                || (error instanceof RemoteCallException
                        && (FailureKind.of(error) == FailureKind.CONFLICT
                                || FailureKind.of(error) == FailureKind.TRANSIENT));
    }

    @Override
    public CompletableFuture<Overview> overview() {
        return RestApi.topology(gateway, "read the cluster's partitions", tenant)
                .thenCombine(
                        phase(),
                        (topology, phase) -> new Overview(
                                IntStream.rangeClosed(1, topology.partitions())
                                        .boxed()
                                        .collect(Collectors.toUnmodifiableSet()),
                                Optional.of(phase)));
    }

    private CompletableFuture<ExportingStatus.Summary> phase() {
        return gateway.sendRepeatable(HttpCall.get("read the phase of exporting", RestApi.path(tenant, "exporting")))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw RestApi.rejected(answer, "", PERMISSION);
                    }
                    return answer.json()
                            .text("status")
                            .map(RestExporting::summary)
                            .orElseThrow(() -> answer.unexpected("it tells no phase of exporting"));
                });
    }

    private static ExportingStatus.Summary summary(String word) {
        return switch (word) {
            case "EXPORTING" -> ExportingStatus.Summary.EXPORTING;
            case "PAUSED" -> ExportingStatus.Summary.PAUSED;
            case "SOFT_PAUSED" -> ExportingStatus.Summary.SOFT_PAUSED;
            case "MIXED" -> ExportingStatus.Summary.MIXED;
            default -> ExportingStatus.Summary.UNKNOWN;
        };
    }
}
