package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol that all backup endpoints share: POST to take, GET to ask, DELETE. What differs is in {@link ComponentRules} and in how a
 * backup's JSON is read.
 */
final class BackupEndpoint<B extends ComponentBackup> {
    private static final Logger LOG = LoggerFactory.getLogger(BackupEndpoint.class);

    // The one place where a message decides something: it only makes the error more precise.
    private static final Pattern LATEST_ID = Pattern.compile("latest backup has (?:id|ID) (\\d{1,18})\\b");

    // A component that fails with 5xx usually has not started anything; this is long enough to see if it has.
    private static final Duration GRACE_AFTER_SERVER_ERROR = Duration.ofSeconds(10);

    private final Set<String> unknownWords = ConcurrentHashMap.newKeySet();
    private final HttpApi http;
    private final ComponentRules rules;
    private final Function<JsonValue, Optional<B>> reader;
    private final Function<BackupId, CompletableFuture<Optional<B>>> witness;

    /**
     * @param reader reads a backup; empty if a field is missing without which it means nothing
     * @param witness asked for a backup when the component refuses to answer; empty if it knows nothing of it
     */
    BackupEndpoint(
            Endpoint endpoint,
            ComponentRules rules,
            ClientResources resources,
            Function<JsonValue, Optional<B>> reader,
            Function<BackupId, CompletableFuture<Optional<B>>> witness) {
        http = HttpApi.of(endpoint, rules.component().displayName(), resources);
        this.rules = rules;
        this.reader = reader;
        this.witness = witness;
    }

    URI uri() {
        return http.endpoint().uri();
    }

    CompletableFuture<AcceptedBackup> take(BackupId backupId) {
        HttpCall call = HttpCall.post("take backup " + backupId, "actuator", rules.path())
                .json(Map.of("backupId", backupId.value()));
        CompletableFuture<AcceptedBackup> attempt = http.send(call)
                .thenCompose(answer -> answer.isSuccess()
                        ? CompletableFuture.completedFuture(accepted(backupId, answer.json()))
                        : refused(backupId, answer));
        return Futures.recover(attempt, error -> settle(backupId, error));
    }

    /** Lets Zeebe choose the id. Sent without body and content type, which 8.9 would route to the variant that wants an id. */
    CompletableFuture<AcceptedBackup> takeWithGeneratedId() {
        return http.send(HttpCall.post("take a backup with a generated id", "actuator", rules.path()))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw answer.rejected(
                                "Ids are generated from Camunda 8.9 on, where continuous backups are configured.");
                    }
                    JsonValue body = answer.json();
                    long id = body.number("backupId").orElse(0);
                    if (id <= 0) {
                        throw answer.unexpected("it tells no backup id");
                    }
                    return accepted(BackupId.of(id), body);
                });
    }

    CompletableFuture<BackupLookup<B>> get(BackupId backupId) {
        return http.sendRepeatable(HttpCall.get(
                        "get the state of backup " + backupId, "actuator", rules.path(), backupId.toString()))
                .thenCompose(answer -> {
                    if (answer.isSuccess()) {
                        return CompletableFuture.completedFuture(new BackupLookup.Found<>(read(answer, answer.json())));
                    }
                    if (answer.status() == 404 && !answer.saysThatNothingIsServedHere()) {
                        return CompletableFuture.completedFuture(new BackupLookup.Absent<>());
                    }
                    RequestRejectedException refusal = rejected(answer);
                    if (refusal instanceof AccessDeniedException || answer.status() == 404) {
                        return CompletableFuture.failedFuture(refusal);
                    }
                    return unclear(backupId, refusal);
                });
    }

    private CompletableFuture<BackupLookup<B>> unclear(BackupId backupId, RequestRejectedException refusal) {
        return witness.apply(backupId)
                .<BackupLookup<B>>handle((backup, error) -> error == null && backup.isPresent()
                        ? new BackupLookup.Found<>(backup.get())
                        : new BackupLookup.Unclear<>(refusal));
    }

    CompletableFuture<List<B>> list() {
        HttpCall call = HttpCall.get("list the backups", "actuator", rules.path());
        return http.sendRepeatable(call)
                // Early 8.8 builds refused a list without parameters (camunda/camunda#35021).
                .thenCompose(answer -> answer.status() == 400 && rules.path().equals("backupHistory")
                        ? http.sendRepeatable(call.query("verbose", "true"))
                        : CompletableFuture.completedFuture(answer))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw rejected(answer);
                    }
                    JsonValue body = answer.json();
                    if (!body.isArray()) {
                        throw answer.unexpected("it is no list of backups");
                    }
                    return body.elements().stream()
                            .map(json -> read(answer, json))
                            .toList();
                });
    }

    CompletableFuture<Void> delete(BackupId backupId) {
        CompletableFuture<Void> attempt = http.sendRepeatable(
                        HttpCall.delete("delete backup " + backupId, "actuator", rules.path(), backupId.toString()))
                .thenApply(answer -> {
                    if (!answer.isSuccess() && (answer.status() != 404 || answer.saysThatNothingIsServedHere())) {
                        throw rejected(answer);
                    }
                    return null;
                });
        // Zeebe 8.6 was seen to answer 504 to a deletion that it carried out.
        return Futures.recover(
                attempt,
                error -> error instanceof RemoteCallException failure && failure.mayHaveHappened()
                        ? get(backupId).handle((lookup, unknown) -> {
                            if (unknown == null && lookup.isAbsent()) {
                                return null;
                            }
                            throw failure;
                        })
                        : CompletableFuture.failedFuture(error));
    }

    CompletableFuture<B> awaitCompletion(BackupId backupId, Duration timeout, Consumer<? super B> onProgress) {
        TimeSource time = http.resources().time();
        CompletionTracker<B> judge = new CompletionTracker<>(rules, backupId);
        return Polling.until(
                time,
                timeout,
                () -> get(backupId).handle((answer, error) -> {
                    if (error != null) {
                        judge.unclear(bearable(Futures.unwrap(error)), time.nanoTime());
                        return Optional.empty();
                    }
                    answer.found().ifPresent(onProgress);
                    return judge.judge(answer, time.nanoTime());
                }),
                waited -> new WaitTimedOutException(
                        "Backup " + backupId + " of " + rules.component().displayName(), waited, judge.lastSeen()));
    }

    /** A component that restarts is borne with; wrong credentials will not become right by waiting. */
    private static Throwable bearable(Throwable error) {
        if (error instanceof AccessDeniedException || !(error instanceof RemoteCallException)) {
            throw new CompletionException(error);
        }
        return error;
    }

    private AcceptedBackup accepted(BackupId backupId, JsonValue body) {
        List<String> snapshots = body.elements("scheduledSnapshots").stream()
                .flatMap(name -> name.text().stream())
                .toList();
        return new AcceptedBackup(rules.component(), backupId, snapshots, false);
    }

    /**
     * Finds out whether an id is taken by asking for it, because 400 (Operate, Tasklist) and 409 (Zeebe, which also uses it while
     * scaling) can mean other things too.
     */
    private CompletableFuture<AcceptedBackup> refused(BackupId backupId, HttpAnswer answer) {
        RequestRejectedException rejection = answer.status() == 409
                ? answer.rejected(
                        "Either the component cannot take a backup just now, or an id that is not lower was used before:"
                                + " try again later, with a higher id for the whole backup.")
                : rejected(answer);
        if (answer.status() != 400 && answer.status() != 409) {
            return CompletableFuture.failedFuture(rejection);
        }
        BackupIdInUseException inUse = new BackupIdInUseException(
                answer.call(), answer.status(), answer.serverMessage().orElse(null), backupId);
        if (answer.status() == 409 && namesALatestIdFrom(backupId, answer)) {
            return CompletableFuture.failedFuture(inUse);
        }
        return get(backupId).handle((lookup, error) -> {
            throw error == null && lookup.found().isPresent() ? inUse : rejection;
        });
    }

    private static boolean namesALatestIdFrom(BackupId backupId, HttpAnswer answer) {
        Matcher latest = LATEST_ID.matcher(answer.serverMessage().orElse(""));
        return latest.find() && Long.parseLong(latest.group(1)) >= backupId.value();
    }

    /** Asks for a backup whose request may have been carried out although no proper reply came. */
    private CompletableFuture<AcceptedBackup> settle(BackupId backupId, Throwable error) {
        if (!(error instanceof RemoteCallException failure) || !failure.mayHaveHappened()) {
            return CompletableFuture.failedFuture(error);
        }
        // A gateway that gave up waiting (504) has said nothing about the component behind it.
        boolean serverError = failure instanceof RequestRejectedException refusal && refusal.status() != 504;
        Duration grace = serverError ? GRACE_AFTER_SERVER_ERROR : rules.absentGrace();
        return Polling.until(
                http.resources().time(),
                grace,
                () -> get(backupId).handle((lookup, lookupError) -> {
                    if (lookupError != null
                            && Futures.unwrap(lookupError) instanceof UnexpectedAnswerException
                            && failure instanceof UnexpectedAnswerException) {
                        throw failure;
                    }
                    return lookupError == null && lookup.found().isPresent()
                            ? Optional.of(new AcceptedBackup(rules.component(), backupId, List.of(), true))
                            : Optional.empty();
                }),
                waited -> serverError
                        ? failure
                        : new OutcomeUnknownException(
                                failure.getMessage() + " It was asked for the backup for " + waited.toSeconds()
                                        + " s afterwards and did not show it, so whether it takes the backup is not known."
                                        + " Do not repeat the request: take a higher id for the whole backup.",
                                failure));
    }

    private B read(HttpAnswer answer, JsonValue json) {
        B backup = reader.apply(json).orElseThrow(() -> answer.unexpected("it is no description of a backup"));
        String word = json.text("state").orElse("");
        if (backup.state() == BackupState.UNKNOWN && unknownWords.add(word)) {
            LOG.warn(
                    "{} has a backup in a state that this library does not know, \"{}\". It is taken for unfinished.",
                    rules.component().displayName(),
                    word);
        }
        return backup;
    }

    private RequestRejectedException rejected(HttpAnswer answer) {
        return answer.rejected(
                answer.saysThatNothingIsServedHere()
                        ? "Nothing is served at this path. Check the context path, that this is the management port, and that the"
                                + " version of Camunda fits: Operate, Tasklist and Zeebe serve /actuator/backups up to 8.7, the"
                                + " orchestration cluster /actuator/backupHistory and /actuator/backupRuntime from 8.8."
                        : "");
    }
}
