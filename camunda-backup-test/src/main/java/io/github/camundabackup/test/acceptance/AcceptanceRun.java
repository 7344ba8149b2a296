package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** One run of the kit. Used by one thread, once. */
final class AcceptanceRun {
    private static final String NO_YES =
            "It changes the cluster, and that was not allowed: CAMUNDA_BACKUP_ACCEPTANCE=take-and-delete, or"
                    + " takeAndDelete() in code, allows it.";
    private static final int OLDER = 1000;

    private final AcceptanceKit.Builder kit;
    private final ClientResources resources;
    private final OwnIds ids;
    private final Scrubber scrubber;
    private final List<AcceptanceResult> results = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    AcceptanceRun(AcceptanceKit.Builder kit, ClientResources resources) {
        this.kit = kit;
        this.resources = resources;
        ids = OwnIds.from(kit.firstId()
                .orElseGet(() -> BackupId.ofEpochSecond(resources.time().now())));
        Set<Endpoint> endpoints = new LinkedHashSet<>(kit.endpoints().all().values());
        endpoints.addAll(kit.endpoints().brokers());
        endpoints.add(kit.engine());
        List<String> names = new ArrayList<>(List.of(kit.repository()));
        if (!kit.recordPrefix().equals(Subject.RECORD_PREFIX)) {
            names.add(kit.recordPrefix());
        }
        scrubber = new Scrubber(endpoints, names);
    }

    AcceptanceReport run() {
        CamundaBackupClient client = Site.client(
                kit.endpoints(), kit.engine(), kit.repository(), kit.recordPrefix(), kit.stores(), resources);
        CamundaCluster cluster;
        EngineInfo engine;
        try {
            cluster = CamundaCluster.discover(kit.endpoints(), resources).join();
            engine = client.snapshotStore().engine().join();
        } catch (CompletionException e) {
            client.close();
            add(failed(
                    "discovery", "the library: what the endpoints serve, and the search engine's version", false, e));
            return new AcceptanceReport("", "", "", "", results, left, notes);
        }
        try (Site site = new Site(kit.endpoints(), kit.engine(), kit.recordPrefix(), client, cluster, resources)) {
            return compare(site, engine);
        }
    }

    private AcceptanceReport compare(Site site, EngineInfo engine) {
        Subject subject;
        try {
            subject = Subject.of(site, kit.version(), engine.name());
        } catch (IOException e) {
            add(failed("discovery", "which version the cluster is of", false, e));
            return new AcceptanceReport(site.line().displayName(), "", "", engine.toString(), results, left, notes);
        }
        if (!subject.line().includes(subject.version())) {
            notes.add("This library does not know version " + subject.version() + ". The cluster was compared with "
                    + subject.line().displayName() + ".");
        }
        try (Reference reference = new Reference(
                subject,
                kit.endpoints().all().keySet(),
                kit.stores(),
                new VirtualTime(resources.time().now()),
                BackupId.of(Math.max(1, ids.low().value() - OLDER)))) {
            ReadOnlyQuestions.of(site, ids).forEach(question -> add(ask(question, site, reference.site())));
            change(site, reference.site());
        }
        return new AcceptanceReport(
                subject.line().displayName(),
                subject.version(),
                subject.versionFrom(),
                engine.toString(),
                results,
                left,
                notes);
    }

    private void change(Site site, Site reference) {
        List<Question> questions = ChangingQuestions.of(site, ids);
        if (!kit.isYes()) {
            questions.forEach(question -> add(notAsked(question, NO_YES)));
            return;
        }
        kit.tell("From here on, backups with the ids " + ids
                + " are taken and deleted. Should this program be killed, they are what is left: delete them, see that exporting runs,"
                + " and that there are no indices whose names begin with consistency-check-.");
        notes.add("Backups with the ids " + ids
                + " were taken and deleted. The library's journal stays in the search engine:"
                + " one document in the index hot-backup-journal, which the first backup makes.");
        boolean free = false;
        Optional<String> obstacle = Optional.empty();
        for (Question question : questions) {
            boolean cleaning = question.always() && free;
            if (obstacle.isPresent() && !cleaning) {
                add(notAsked(question, obstacle.get()));
                continue;
            }
            AcceptanceResult result = ask(question, site, reference);
            add(result);
            boolean good = result.verdict() == AcceptanceVerdict.SAME;
            free = free || (good && question.name().equals("ids-free"));
            boolean broken = ChangingQuestions.isCondition(question) && !good;
            if (broken || result.verdict() == AcceptanceVerdict.UNREACHABLE) {
                obstacle = Optional.of("It makes no sense after what came of " + question.name() + ".");
            }
        }
        if (free) {
            remember(site);
        }
    }

    /** What could not be undone, and how to undo it. */
    private void remember(Site site) {
        try {
            Cleanup.present(site, ids)
                    .forEach(backup ->
                            left.add(backup + ". Delete it with the component's API, or the snapshot with that of the"
                                    + " search engine."));
        } catch (RuntimeException e) {
            left.add("It is not known whether anything with the ids " + ids + " is left: " + scrubber.text(message(e))
                    + " List the backups of each component, and the snapshots, and delete what has these ids.");
        }
        results.stream()
                .filter(result -> result.name().equals("exporting-resumed"))
                .filter(result -> result.verdict() == AcceptanceVerdict.DIFFERENT
                        || result.verdict() == AcceptanceVerdict.UNREACHABLE)
                .forEach(result ->
                        left.add("Exporting may be paused. Resume it: POST {zeebe}/actuator/exporting/resume"));
    }

    private void add(AcceptanceResult result) {
        results.add(result);
        kit.tell(result.toString());
    }

    private AcceptanceResult ask(Question question, Site site, Site reference) {
        RawAnswer real;
        try {
            real = question.ask().of(site);
        } catch (NotAskedException e) {
            return notAsked(question, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return failed(question.name(), question.request(), question.changes(), e);
        }
        RawAnswer expected;
        try {
            expected = question.askReference().of(reference, real);
        } catch (IOException e) {
            throw new IllegalStateException("The simulated cluster could not be asked " + question.name() + ".", e);
        }
        List<String> differences =
                AnswerShape.differences(viewed(question, real), viewed(question, expected), question.words()).stream()
                        .map(scrubber::text)
                        .toList();
        return new AcceptanceResult(
                question.name(),
                question.request(),
                question.changes(),
                differences.isEmpty() ? AcceptanceVerdict.SAME : AcceptanceVerdict.DIFFERENT,
                differences,
                "",
                Optional.of(scrubber.scrub(real)),
                Optional.of(scrubber.scrub(expected)));
    }

    private static RawAnswer viewed(Question question, RawAnswer answer) {
        Optional<JsonNode> part = answer.json().map(question.view());
        return new RawAnswer(answer.status(), answer.contentType(), answer.body(), part);
    }

    private static AcceptanceResult notAsked(Question question, String reason) {
        return new AcceptanceResult(
                question.name(),
                question.request(),
                question.changes(),
                AcceptanceVerdict.NOT_ASKED,
                List.of(),
                reason,
                Optional.empty(),
                Optional.empty());
    }

    private AcceptanceResult failed(String name, String request, boolean changes, Exception failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean unreachable = cause instanceof IOException
                || cause instanceof UnreachableException
                || cause instanceof RequestTimedOutException
                || (cause instanceof AccessTokenException missing
                        && missing.reason() == AccessTokenException.Reason.UNAVAILABLE);
        return new AcceptanceResult(
                name,
                request,
                changes,
                unreachable ? AcceptanceVerdict.UNREACHABLE : AcceptanceVerdict.DIFFERENT,
                unreachable ? List.of() : List.of("There is no answer that could be compared."),
                scrubber.text(message(cause)),
                Optional.empty(),
                Optional.empty());
    }

    private static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
